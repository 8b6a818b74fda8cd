# Finds a JDK 25 or newer and exports JAVA_HOME; sourced by dev and palomar. Bash builtins only: it runs at every start.

jdk_version_of() { # folder -> major version on standard output, nothing when it is no JDK
  local line
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case "$line" in
      JAVA_VERSION=*) line=${line#*\"}; line=${line%%[.\"+-]*}; printf '%s' "$line"; return 0 ;;
    esac
  done < "$1/release"
  return 1
}

find_jdk() {
  local candidate major on_path
  on_path=$(command -v java || true)
  if [ -n "$on_path" ]; then
    on_path=$(readlink -f "$on_path")
    on_path=${on_path%/bin/java}
  fi
  for candidate in "${PALOMAR_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" \
      /usr/lib/jvm/*25* /usr/java/*25* /opt/*jdk*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    [ -n "$candidate" ] || continue
    major=$(jdk_version_of "$candidate") || continue
    if [ "$major" -ge 25 ] 2>/dev/null; then
      export JAVA_HOME=$candidate
      return 0
    fi
  done
  echo "palomar: no JDK 25 found. Install one (for example the package temurin-25-jdk or openjdk-25-jdk-headless) or set PALOMAR_JAVA_HOME." >&2
  return 69
}
