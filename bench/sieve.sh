#!/usr/bin/env bash
# The second half of ./dev bench sieve: Debian's sieve-test on the script of fifty rules.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
command -v sieve-test sievec >/dev/null || { echo "sieve-test is not installed (Debian: dovecot-sieve)"; exit 0; }
# It reads one message and its script (compiled already) a call; the slope from a script without rules is the work.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp bench/rules.sieve "$work/rules.sieve"
echo 'keep;' > "$work/none.sieve"
cp server/src/test/mails/attachment.eml "$work/mail.eml"
printf '%s\n' 'mail_uid = 65534' 'mail_gid = 65534' "mail_location = maildir:$work/mail" > "$work/dovecot.conf"
for name in none rules; do sievec -c "$work/dovecot.conf" "$work/$name.sieve"; done
chmod -R a+rwX "$work"
calls=200
for name in none rules; do
  start=$(date +%s%N)
  for ((i = 0; i < calls; i++)); do
    sieve-test -c "$work/dovecot.conf" -a bob+chess0@example.org -f sender@example.com "$work/$name.sieve" "$work/mail.eml" \
      >/dev/null 2>&1
  done
  printf 'sieve-test, %s.sieve: %d microseconds a call\n' $name $((($(date +%s%N) - start) / calls / 1000))
done
