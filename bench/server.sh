#!/usr/bin/env bash
# Starts, stops and restarts one server for bench/run.sh: server.sh start|stop|restart FOLDER palomar|dovecot [BASE-PORT]
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
verb=$1 work=$2 server=$3 port=${4:-0}
pidfile=$work/$server.pid

wait_port() {
  for _ in $(seq 600); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
    sleep 0.05
  done
  echo "bench: nothing listens on port $1" >&2
  return 1
}

# As long as Palomar warms itself up (docs/decisions/0070): what is measured is a server that is up, not one that starts.
settle() {
  wait_port $((port + 143))
  sleep "${BENCH_SETTLE:-12}"
}

stop() {
  [ -e "$pidfile" ] || return 0
  local pid; pid=$(cat "$pidfile")
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 600); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.05
  done
  rm -f "$pidfile"
}

start_dovecot() {
  local dir=$work/dovecot user=${BENCH_USER:-vmailbench}
  id "$user" >/dev/null 2>&1 || useradd -r -M -s /usr/sbin/nologin "$user"
  mkdir -p "$dir"/{run,state,mail,home}
  chown "$user" "$dir/mail" "$dir/home"
  chmod 755 "$dir"
  [ -e "$dir/cert.pem" ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
    -subj /CN=localhost -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null
  sed -e "s|@DIR@|$dir|g" -e "s|@USER@|$user|g" -e "s|@IMAP@|$((port + 143))|" -e "s|@IMAPS@|$((port + 993))|" \
    -e "s|@LMTP@|$((port + 24))|" bench/dovecot.conf.in > "$dir/dovecot.conf"
  dovecot -c "$dir/dovecot.conf" 2> "$dir/start.log"
  cp "$dir/run/master.pid" "$pidfile"
}

start_palomar() {
  ./palomar serve --demo --data "$work/palomar-data" --base-port "$port" > "$work/palomar.log" 2>&1 &
  echo $! > "$pidfile"
}

case $verb in
  start)
    start_$server
    settle ;;
  stop) stop ;;
  restart) # a server that is up, and whose mail is not in memory: drops the page cache, where that is allowed
    stop
    start_$server
    settle
    sync
    echo 3 2>/dev/null > /proc/sys/vm/drop_caches || true ;;
  *) echo "server.sh: unknown verb $verb" >&2; exit 64 ;;
esac
