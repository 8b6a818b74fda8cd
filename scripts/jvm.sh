# Sets jvm_flags, class_path and aot (the cache in use, if any) for the command in "$@"; sourced by palomar and scripts/train.sh with JAVA_HOME and
# image set. Bash builtins only: it runs at every start.

# The same order every time: an AOT cache is only good for the class path it was made with.
class_path=
for jar in "$image"/lib/*.jar; do class_path+=${class_path:+:}$jar; done

# Names of files are UTF-8 and the system's error texts English, wherever the server is started from.
export LC_ALL=C.UTF-8

jvm_flags=(
  -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  -Djdk.tls.server.enableSessionTicketExtension=true -Dnetworkaddress.cache.ttl=60 -Djava.awt.headless=true
)

case "${1:-}" in
  serve)
    # A heap that shrinks again, at once (HeapTrim asks for it); a young generation that neither grows to a third of it
    # nor shrinks with it, with survivor spaces that hold the requests of 200 clients; and what the compiler and others
    # gave back to malloc goes back to the system (10,000 idle sessions: 4 KiB less each).
    # PALOMAR_JAVA_OPTS comes last and wins.
    jvm_flags+=(-Xms48m -Xmx256m -XX:NewSize=32m -XX:MaxNewSize=32m -XX:MaxDirectMemorySize=128m)
    jvm_flags+=(-XX:SurvivorRatio=4 -XX:TargetSurvivorRatio=90)
    jvm_flags+=(-XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps)
    jvm_flags+=(-XX:TrimNativeHeapInterval=5000)
    # A third of the usual inlining: a quarter of the compiler's work, and no slower when all is compiled.
    jvm_flags+=(-XX:FreqInlineSize=100 -XX:InlineSmallCode=1000) ;;
  *)
    jvm_flags+=(-Xms16m -Xmx256m -XX:TieredStopAtLevel=1) ;;
esac

# Made by scripts/train.sh for this very Java and these very jars; the JVM goes on without one that does not fit.
aot=
aot_cache=$image/aot/${JAVA_HOME//\//_}.aot
if [ "$aot_cache" -nt "$image/.stamp" ] && [ "$aot_cache" -nt "$JAVA_HOME/release" ]; then
  aot=$aot_cache
  jvm_flags+=("-XX:AOTCache=$aot_cache" -Xlog:disable -Xlog:all=error:stderr)
fi

if [ -n "${PALOMAR_JAVA_OPTS:-}" ]; then
  read -ra more_flags <<< "$PALOMAR_JAVA_OPTS"
  jvm_flags+=("${more_flags[@]}")
fi
