# Sets jvm_flags for the command in "$@"; sourced by palomar with JAVA_HOME, home and image set.

jvm_flags=(
  -XX:+UseSerialGC -XX:+UseCompactObjectHeaders
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
)
