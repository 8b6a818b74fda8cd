#!/usr/bin/env bash
# Finishes the packaged program for the Java found now: prepares its jars (ImageJars.java) and makes its AOT cache in
# server/target/palomar/aot/. A start with it takes a third of the time. Run by ./dev build, and by the first start of a copy
# that has none. Atomic; a failure is said and leaves the program
# as it was, only slower to start.
set -euo pipefail
home=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
. "$home/scripts/jdk.sh"
find_jdk || exit $?
image=${1:-$home/server/target/palomar}
mkdir -p "$image/aot"
# One at a time: servers that start together would all begin.
exec 9> "$image/aot/lock"
if [ "${2:-}" = background ]; then flock -n 9 || exit 0; else flock 9; fi
# The cache of another Java or of older jars must not be used for its own training.
set -- serve
PALOMAR_JAVA_OPTS= . "$home/scripts/jvm.sh"
flags=()
for flag in "${jvm_flags[@]}"; do case "$flag" in -XX:AOTCache=*) ;; *) flags+=("$flag") ;; esac; done

"$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$class_path" \
  "$home/scripts/ImageJars.java" "$image"/lib/*.jar || echo "train: the jars stay as they are" >&2

scratch=$(mktemp -d)
trap 'rm -rf "$scratch" "$aot_cache.new"' EXIT
if "$JAVA_HOME/bin/java" "${flags[@]}" -XX:AOTCacheOutput="$aot_cache.new" -cp "$class_path" \
    palomar.server.Main train "$scratch" > "$scratch/out" 2>&1 && [ -s "$aot_cache.new" ]; then
  mv -f "$aot_cache.new" "$aot_cache"
else
  echo "train: no AOT cache, starts will be slower:" >&2
  tail -5 "$scratch/out" >&2
fi
