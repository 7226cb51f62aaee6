#!/usr/bin/env bash
# Events taken in and durably committed, beside rows inserted one by one by pgbench into the same embedded server in the same run:
# medians of RUNS runs; events in arrays of BATCH at 8 connections, single rows by one client and by eight. Needs wrk, curl and pgbench; run it on an idle machine,
# after a build.
#   service/src/bench/events.sh [RUNS] [SECONDS] [BATCH]
set -euo pipefail
runs="${1:-5}" seconds="${2:-10}" batch="${3:-100}" contacts=10000
here="$(cd "$(dirname "$0")" && pwd)" jar="$here/../../target/rekindle.jar"
work="$(mktemp -d)"
export REKINDLE_DATA="$work/data" REKINDLE_PORT=18575 REKINDLE_ADMIN_PORT=18576 REKINDLE_ADMIN_KEY=load-key-0123456789abcdef REKINDLE_LOG_LEVEL=WARN REKINDLE_SCHEDULE=false
url="http://localhost:$REKINDLE_PORT" auth="Authorization: Bearer $REKINDLE_ADMIN_KEY"
sed 's/requestsPerSecondPerKey: .*/requestsPerSecondPerKey: 0/' "$here/../../../config.yml" > "$work/config.yml"
java ${JAVA_OPTIONS:--Xmx1g} -jar "$jar" server "$work/config.yml" > "$work/log" 2>&1 &
service=$!
trap 'kill $service 2>/dev/null; wait $service 2>/dev/null || true; rm -rf "$work"' EXIT
until curl -sf -o /dev/null "$url/ready"; do sleep 0.2; kill -0 $service || { cat "$work/log"; exit 1; }; done
awk -v n=$contacts 'BEGIN { print "id,program,country,region,time_zone,email"
  for (i = 0; i < n; i++) printf "l-%d,b2b_saas,US,US-OH,America/New_York,l%d@example.com\n", i, i }' > "$work/contacts.csv"
curl -sf -H "$auth" -H 'Content-Type: text/csv' --data-binary "@$work/contacts.csv" "$url/v1/imports?type=contacts" > /dev/null

# Clicks and replies, and one opt-out in a hundred.
cat > "$work/events.lua" <<LUA
local n, thread, threads = 0, 0, 0
function setup(t) t:set("id", threads) threads = threads + 1 end
function init(args) math.randomseed(os.time() * 10 + id) run = os.time() end
request = function()
  local events = {}
  for i = 1, $batch do
    n = n + 1
    local kind = n % 100 == 0 and '"opt_out","channel":"sms"' or n % 10 == 0 and '"reply","channel":"sms","text":"see you at the bus stop"' or '"click","channel":"email"'
    events[i] = string.format('{"id":"%d-%d-%d","source":"load","at":"2026-03-10T15:00:00Z","contactId":"l-%d","kind":%s}', run, id, n, math.random(0, $contacts - 1), kind)
  end
  return wrk.format("POST", "/v1/events", {["Authorization"] = "Bearer $REKINDLE_ADMIN_KEY", ["Content-Type"] = "application/json"}, "[" .. table.concat(events, ",") .. "]")
end
done = function(summary, latency, requests)
  io.write(string.format("%.0f %.2f %.2f %d\n", summary.requests * $batch / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status))
end
LUA
cluster="$(dirname "$(find "$work/data" -name postmaster.pid)")"
export PGPASSWORD="$(cat "$cluster/rekindle.password")"
database="postgresql://rekindle@localhost:$(sed -n 4p "$cluster/postmaster.pid")/rekindle"
echo "insert into single (source, id, contact, at, kind) values ('load', :client_id || '-' || :random, 'l-' || :contact, now(), 'click');" > "$work/single.body"
{ echo '\set random random(1, 9000000000000000)'; echo '\set contact random(0, 9999)'; cat "$work/single.body"; } > "$work/single.sql"
psql -q "$database" -c "create table single (source text, id text, contact text, at timestamptz, kind text, primary key (source, id))" > /dev/null
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
events() { wrk -t 2 -c 8 -d "${1}s" --timeout 10s -s "$work/events.lua" "$url" | tail -1; }
single() { pgbench -n -c "${2:-1}" -j "$((${2:-1} > 1 ? 2 : 1))" -T "$1" -f "$work/single.sql" "$database" 2> /dev/null | awk '/^tps/ { printf "%.0f\n", $3; exit }'; }
events 10 > /dev/null; single 3 > /dev/null
: > "$work/events.txt"; : > "$work/single.txt"; : > "$work/eight.txt"
for _ in $(seq "$runs"); do single "$seconds" >> "$work/single.txt"; single "$seconds" 8 >> "$work/eight.txt"; events "$seconds" >> "$work/events.txt"; done
printf 'events in arrays of %d: %s a second, p50 %s ms, p99 %s ms a request, %s failed\n' "$batch" "$(cut -d' ' -f1 "$work/events.txt" | median)" \
  "$(cut -d' ' -f2 "$work/events.txt" | median)" "$(cut -d' ' -f3 "$work/events.txt" | median)" "$(awk '{ f += $4 } END { print f + 0 }' "$work/events.txt")"
printf 'single rows by pgbench: %s a second by one client, %s by eight\n' "$(median < "$work/single.txt")" "$(median < "$work/eight.txt")"
