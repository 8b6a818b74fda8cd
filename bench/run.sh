#!/usr/bin/env bash
# ./dev bench: the load driver against Palomar and Debian's dovecot, back to back in one run. See bench/README.md.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

usage() {
  cat <<'EOT'
usage: ./dev bench [--only palomar|dovecot] [--quick] [WORKLOAD...]

workloads: lmtp append login big notify mixed idle (default: all)
--quick    short runs, and a mailbox of 20,000 messages instead of 100,000
Results: one JSON object a line in bench/results/SERVER.jsonl, and a table with ratios in bench/results/table.md.
EOT
}

only="" quick="" workloads=()
while [ $# -gt 0 ]; do
  case "$1" in
    --only) only=$2; shift 2 ;;
    --quick) quick=1; shift ;;
    -h|--help) usage; exit 0 ;;
    -*) echo "bench: unknown option $1" >&2; usage >&2; exit 64 ;;
    *) workloads+=("$1"); shift ;;
  esac
done
[ ${#workloads[@]} -gt 0 ] || workloads=(lmtp append login big notify mixed idle)

results=bench/results
mkdir -p "$results" build/bench
for tool in gcc openssl; do
  command -v $tool >/dev/null || { echo "bench: '$tool' is missing (Debian: gcc, libssl-dev, openssl)" >&2; exit 69; }
done
driver=build/bench/mbench
[ "$driver" -nt bench/mbench.c ] || gcc -O2 -o "$driver" bench/mbench.c -lssl -lcrypto -lpthread -lm
ulimit -n "$(ulimit -Hn)"

seconds=8 big=100000 idle=10000
[ -z "$quick" ] || { seconds=3; big=20000; idle=2000; }

run() { # workload and flags
  echo "  $server: mbench $*" >&2
  "$driver" "$@" --label "$server" --pass demo --imap $((port + 143)) --imaps $((port + 993)) --lmtp $((port + 24)) \
    --pid "$(cat "$MBENCH_PIDFILE")" --json "$results/$server.jsonl" >/dev/null || echo "  $server: mbench $1 failed" >&2
}

measure() { # workload
  local conns
  case $1 in
    lmtp)
      run lmtp --conns 4 --users 50 --count 2000
      for conns in 1 8 32; do run lmtp --conns $conns --users 50 --seconds $seconds; done ;;
    append)
      for conns in 1 8 32; do run append --conns $conns --first 1000 --seconds $seconds; done
      run append --conns 1 --first 1100 --multi 100 --seconds $seconds ;;
    login)
      run login --conns 16 --users 50 --seconds $seconds
      run login --conns 16 --users 50 --seconds $seconds --tls
      run login --conns 16 --users 50 --seconds $seconds --tls --resume ;;
    big)
      run fill --first 2000 --count $big --multi 100
      run big --first 2000 --cold-cmd "bench/server.sh restart $work $server $port" ;;
    idle)
      local sessions=$idle
      [ $server = palomar ] || sessions=1000
      run idle --conns $sessions --first 3000 --users $sessions
      bench/server.sh restart "$work" $server $port
      run idle --conns $sessions --first 3000 --users $sessions --tls ;;
    notify) run notify --conns 10 --first 20000 --count 50 --think-ms 100 ;;
    mixed) run mixed --conns 200 --first 21000 --users 200 --seconds $((seconds * 2)) ;;
    *) echo "bench: unknown workload $1" >&2; exit 64 ;;
  esac
}

./dev build
work=$(mktemp -d "${TMPDIR:-/tmp}/palomar-bench.XXXXXX")
chmod 755 "$work"
cleanup() {
  for server in palomar dovecot; do bench/server.sh stop "$work" $server || true; done
  rm -rf "$work"
}
trap cleanup EXIT

for server in dovecot palomar; do
  [ -z "$only" ] || [ "$only" = "$server" ] || continue
  rm -f "$results/$server.jsonl"
  port=21000
  [ $server = dovecot ] || port=22000
  export MBENCH_PIDFILE=$work/$server.pid
  bench/server.sh start "$work" $server $port
  for workload in "${workloads[@]}"; do measure "$workload"; done
  bench/server.sh stop "$work" $server
done

. scripts/jdk.sh
find_jdk
"$JAVA_HOME/bin/java" bench/Table.java "$results" | tee "$results/table.md"
