#!/usr/bin/env bash
# Next best touch of stored contacts, decided and durably recorded, beside an empty JSON answer of the same server in the same
# run: medians of RUNS runs at 32 and 128 connections. Needs wrk and curl; run it on an idle machine, after a build.
#   service/src/bench/load.sh [RUNS] [SECONDS]
set -euo pipefail
runs="${1:-5}" seconds="${2:-10}" contacts=10000
here="$(cd "$(dirname "$0")" && pwd)" jar="$here/../../target/rekindle.jar"
work="$(mktemp -d)"
export REKINDLE_DATA="$work/data" REKINDLE_PORT=18573 REKINDLE_ADMIN_PORT=18574 REKINDLE_ADMIN_KEY=load-key-0123456789abcdef REKINDLE_LOG_LEVEL=WARN REKINDLE_SCHEDULE=false
url="http://localhost:$REKINDLE_PORT" auth="Authorization: Bearer $REKINDLE_ADMIN_KEY"
sed 's/requestsPerSecondPerKey: .*/requestsPerSecondPerKey: 0/' "$here/../../../config.yml" > "$work/config.yml"
java ${JAVA_OPTIONS:--Xmx1g} -jar "$jar" server "$work/config.yml" > "$work/log" 2>&1 &
service=$!
trap 'kill $service 2>/dev/null; wait $service 2>/dev/null || true; rm -rf "$work"' EXIT
until curl -sf -o /dev/null "$url/ready"; do sleep 0.2; kill -0 $service || { cat "$work/log"; exit 1; }; done

awk -v n=$contacts 'BEGIN { print "id,program,business,relationship,country,region,time_zone,email,phone,last_engagement_at,funnel,tags"
  for (i = 0; i < n; i++) printf "l-%d,b2b_saas,b2b,lead,US,US-OH,America/New_York,l%d@example.com,+1614555%04d,%s,trial,price\n", i, i, i, "2026-0" (1 + i % 9) "-05T10:00:00Z" }' > "$work/contacts.csv"
awk -v n=$contacts 'BEGIN { print "contact_id,channel,basis,captured_at,method,text_shown"
  for (i = 0; i < n; i += 2) printf "l-%d,sms,express_written,2026-01-05T10:00:00Z,web_form,yes\n", i }' > "$work/consents.csv"
awk -v n=$contacts 'BEGIN { print "id,contact_id,at,channel,kind,disposition"
  for (i = 0; i < n; i++) printf "r-%d,l-%d,2026-02-05T10:00:00Z,email,click,neutral\n", i, i }' > "$work/activities.csv"
for type in contacts consents activities; do
  curl -sf -H "$auth" -H 'Content-Type: text/csv' --data-binary "@$work/$type.csv" "$url/v1/imports?type=$type&fileName=$type.csv" > /dev/null
done
cat > "$work/touch.lua" <<LUA
local n = 0
request = function()
  n = (n * 1103515245 + 12345) % 2147483648
  return wrk.format("GET", "/v1/contacts/l-" .. (n % $contacts) .. "/next-best-touch", {["Authorization"] = "Bearer $REKINDLE_ADMIN_KEY"})
end
done = function(summary, latency, requests)
  io.write(string.format("%.0f %.2f %.2f %.2f %d\n", summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency:percentile(99.9) / 1000, summary.errors.status))
end
LUA
sed '/^request/,/^end/d' "$work/touch.lua" > "$work/empty.lua"
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
one() { wrk -t 2 -c "$2" -d "${3}s" --timeout 10s -s "$work/$1.lua" "$url$4" | tail -1; }
for connections in 32 128; do one touch $connections 15 / > /dev/null; one empty $connections 5 /alive > /dev/null; done
for connections in 32 128; do
  : > "$work/touch.txt"; : > "$work/empty.txt"
  for _ in $(seq "$runs"); do
    one empty $connections "$seconds" /alive >> "$work/empty.txt"
    one touch $connections "$seconds" / >> "$work/touch.txt"
  done
  for what in empty touch; do
    printf '%-6s %4d connections: %6s requests a second, p50 %s ms, p99 %s ms, p99.9 %s ms, %s failed\n' $what $connections \
      "$(cut -d' ' -f1 "$work/$what.txt" | median)" "$(cut -d' ' -f2 "$work/$what.txt" | median)" "$(cut -d' ' -f3 "$work/$what.txt" | median)" \
      "$(cut -d' ' -f4 "$work/$what.txt" | median)" "$(awk '{ f += $5 } END { print f + 0 }' "$work/$what.txt")"
  done
done
