#!/usr/bin/env bash
# ./dev rfc [--check]: verifies every `RFC NNNN n.n.n` in sources, tests and docs against the published texts, and writes
# docs/rfc-coverage.md (not with --check). The texts: PALOMAR_RFC_DIR, or ../shared/rfc beside the repository or above it.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/jdk.sh
find_jdk || exit $?

texts=
for folder in "${PALOMAR_RFC_DIR:-}" ../shared/rfc ../../shared/rfc; do
  if [ -n "$folder" ] && [ -d "$folder" ]; then texts=$folder; break; fi
done
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 scripts/RfcReferences.java "${texts:--}" "$@"
