#!/usr/bin/env bash
# ./dev check: what CI runs. Formatter, strict compile (Error Prone, NullAway), every test of the server with floors and
# references, RFC references, then the integration tests on the packaged program with real clients.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/jdk.sh
find_jdk || exit $?
PATH=$JAVA_HOME/bin:$PATH
MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
export MAVEN_OPTS
started=$SECONDS

step() { echo; echo "== $* ($((SECONDS - started)) s)"; }

step "format"
mvn -B -q spotless:check
step "strict compile, tests of the server, package"
rm -rf server/target/palomar/lib server/target/classes server/target/test-classes
mvn -B -Pstrict -pl server package
touch server/target/palomar/.stamp
step "RFC references"
scripts/rfc.sh --check
step "AOT cache"
scripts/train.sh
step "integration tests"
scripts/clients.sh
CI=${CI:-true} mvn -B -pl it test
step "all is well"
