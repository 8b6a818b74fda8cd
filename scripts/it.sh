#!/usr/bin/env bash
# ./dev it [NAME...]: integration tests on the packaged program, with real clients. NAME is a class of module it.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/jdk.sh
find_jdk || exit $?
PATH=$JAVA_HOME/bin:$PATH

./dev build
selection=()
[ $# -eq 0 ] || selection=("-Dtest=$(IFS=,; echo "$*")")
MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
export MAVEN_OPTS
exec mvn -B -pl it test "${selection[@]}"
