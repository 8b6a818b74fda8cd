#!/usr/bin/env bash
# ./dev fuzz NAME [MINUTES]: runs palomar.fuzz.<Name>Fuzz under Jazzer, guided by coverage.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/jdk.sh
find_jdk || exit $?

targets() { for file in server/src/test/java/palomar/fuzz/*Fuzz.java; do name=${file##*/}; echo "${name%Fuzz.java}"; done; }

if [ $# -eq 0 ]; then
  echo "targets:"
  targets | sed 's/^/  /'
  exit 0
fi
name=
for target in $(targets); do
  [ "${target,,}" != "${1,,}" ] || name=$target
done
[ -n "$name" ] || { echo "fuzz: no target '$1'; there are: $(targets | tr '\n' ' ')" >&2; exit 66; }
minutes=${2:-5}
case "$minutes" in ''|*[!0-9]*) echo "fuzz: '$minutes' is no number of minutes" >&2; exit 64 ;; esac

./dev compile
jars=$(cat server/target/dev/classpath)
cd server
exec "$JAVA_HOME/bin/java" -Xmx256m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow ${PALOMAR_SEED:+-Dpalomar.seed=$PALOMAR_SEED} \
  -cp "target/dev/classes:target/dev/test-classes:$jars" palomar.fuzz.FuzzDriver "$name" "$minutes"
