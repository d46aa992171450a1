#!/usr/bin/env bash
# usage: DATELINE_MODEL=… bench/serve_load.sh PROGRAM STORE [SECONDS]
# Requests a second and latencies of `dateline serve`: the timeline of the person of most articles,
# 16 connections on the loopback. Needs wrk (Debian package wrk).
set -euo pipefail
program=$1 store=$2 seconds=${3:-10}
command -v wrk > /dev/null || { echo "serve_load.sh: needs the Debian package wrk" >&2; exit 1; }
log=$(mktemp)
"$program" serve "$store" --port 0 2> "$log" &
server=$!
trap 'kill $server 2> /dev/null || true; wait $server || true; rm -f "$log"' EXIT
for _ in $(seq 100); do grep -q 'http://' "$log" && break; sleep 0.1; done
base=$(grep -o 'http://[^/]*' "$log" | head -n 1)
person=$(curl -s "$base/api/people?limit=50" | python3 -c 'import json, sys; print(next(row["id"] for row in json.load(sys.stdin)["rows"] if row["kind"] == "PERSON"))')
for path in "/api/timeline?person=$person&limit=100" "/api/people/$person" "/api/search?q=mayor" "/story"; do
  echo "== $path ($(curl -s "$base$path" | wc -c) bytes)"
  wrk -t 2 -c 16 -d "${seconds}s" --latency "$base$path" | grep -E '50%|99%|Requests/sec|Non-2xx' || true
done
