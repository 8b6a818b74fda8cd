#!/usr/bin/env bash
# ./dev it [NAME...]: integration tests on the packaged program, with real clients. NAME is a class of module it.
# ./dev it ImapModelTest [--seed N]: random clients against each store for a long time; not part of the others.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/jdk.sh
find_jdk || exit $?
PATH=$JAVA_HOME/bin:$PATH

if [ "${1:-}" = ImapModelTest ]; then
  exec ./dev test --slow "$@"
fi
./dev build
scripts/clients.sh
selection=()
[ $# -eq 0 ] || selection=("-Dtest=$(IFS=,; echo "$*")")
MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
export MAVEN_OPTS
exec mvn -B -pl it test "${selection[@]}"
