#!/usr/bin/env bash
# Fetches the clients of the integration tests that no distribution packages, at the versions (and with the checksums)
# of their lock files, into build/clients. Without npm, or without its packages, it says so and the tests skip them.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

from=it/src/test/clients/imapflow to=build/clients/imapflow
command -v npm >/dev/null 2>&1 || { echo "clients: no npm, so no imapflow"; exit 0; }
cmp -s "$from/package-lock.json" "$to/node_modules/.from-lock" && exit 0
mkdir -p "$to"
cp "$from/package.json" "$from/package-lock.json" "$to/"
if npm ci --prefix "$to" --ignore-scripts --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000 --loglevel=error >"$to/npm.log" 2>&1; then
  cp "$from/package-lock.json" "$to/node_modules/.from-lock"
else
  rm -rf "$to/node_modules"
  echo "clients: npm can't have imapflow (build/clients/imapflow/npm.log), its test is skipped"
fi
