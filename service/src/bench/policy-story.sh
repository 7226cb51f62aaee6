#!/usr/bin/env bash
# A new policy without a developer, as its people do it: curl and LibreOffice against a service of its own.
# Usage, from the top folder after a build: service/src/bench/policy-story.sh   (needs curl, python3 and LibreOffice)
set -euo pipefail

top=$PWD
jar=$top/service/target/rekindle.jar
work=$(mktemp -d)
port=${PORT:-18090}
api=http://127.0.0.1:$port
admin=the-first-key-of-the-story
start=$SECONDS
REKINDLE_PORT=$port REKINDLE_ADMIN_PORT=$((port + 1)) REKINDLE_DATA=$work/data REKINDLE_ADMIN_KEY=$admin \
  java -jar "$jar" server config.yml > "$work/service.log" 2>&1 &
service=$!
trap 'kill $service; wait $service 2> /dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 240); do curl -sf "$api/ready" > /dev/null && break || sleep 0.5; done

step() { printf '%4d s  %s\n' $((SECONDS - start)) "$*"; }
# call KEY METHOD PATH [curl arguments]: the answer, also where it is a problem.
call() { local key=$1 method=$2 path=$3; shift 3; curl -sS -X "$method" -H "Authorization: Bearer $key" "$@" "$api$path"; }
json() { call "$1" "$2" "$3" -H 'Content-Type: application/json' -d "$4"; }
# pick EXPRESSION: what Python says of the JSON d on standard input.
pick() { python3 -c "import json, sys; d = json.load(sys.stdin); print($1)"; }
client() {
  json $admin POST /v1/clients "{\"name\": \"$1\", \"person\": \"$2\", \"roles\": [$3]}" > /dev/null
  call $admin POST "/v1/clients/$1/keys" | pick 'd["key"]'
}
# edit FILE STATEMENT…: LibreOffice Basic on its second sheet, saved as a person would.
edit() {
  local file=$1; shift
  local profile=$work/profile module=$work/profile/user/basic/Standard/Module1.xba
  [ -e "$module" ] || soffice "-env:UserInstallation=file://$profile" --headless --convert-to ods --outdir "$work" "$file" > /dev/null 2>&1
  {
    echo '<?xml version="1.0" encoding="UTF-8"?>'
    echo '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">'
    echo '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">'
    echo 'Sub Edit()'
    echo '  On Error Resume Next'
    echo '  Dim hidden(0) As New com.sun.star.beans.PropertyValue'
    echo '  hidden(0).Name = "Hidden" : hidden(0).Value = True'
    echo '  Dim form(0) As New com.sun.star.beans.PropertyValue'
    echo '  form(0).Name = "FilterName" : form(0).Value = "Calc MS Excel 2007 XML"'
    echo "  doc = StarDesktop.loadComponentFromURL(\"file://$file\", \"_blank\", 0, hidden())"
    echo '  sheet = doc.Sheets.getByIndex(1)'
    printf '  %s\n' "$@"
    echo "  doc.storeToURL(\"file://$file\", form())"
    echo '  doc.close(True)'
    echo '  StarDesktop.terminate()'
    echo 'End Sub'
    echo '</script:module>'
  } > "$module"
  soffice "-env:UserInstallation=file://$profile" --headless --norestore 'macro:///Standard.Module1.Edit()' > /dev/null 2>&1
}
decide() {
  call "$sender" GET /v1/contacts/club-1/next-best-touch \
    | pick '"release …%s; e-mail %s" % (d["release"][-8:], (lambda e: "allowed by %s, %s" % (e["row"], e["rule"]) if e["allowed"] else "denied by " + "; ".join("%s, %s (%s)" % (x["row"], x["rule"], x["code"]) for x in e["denials"]))(d["channels"]["email"]))'
}

step "the service runs"
anna=$(client anna s-017 '"author", "approver"')
paul=$(client paul s-021 '"approver"')
sender=$(client mail s-030 '"sender"')
crm=$(client crm s-031 '"operator"')
ago() { date -u -d "$1 days ago" +%Y-%m-%dT00:00:00Z; }
json "$crm" PUT /v1/contacts/club-1 "{\"program\": \"club\", \"business\": \"b2c\", \"relationship\": \"customer\", \"email\": \"ann@example.com\",
  \"country\": \"US\", \"region\": \"NY\", \"lastEngagementAt\": \"$(ago 40)\", \"orders\": [{\"id\": \"o-1\", \"orderedAt\": \"$(ago 40)\"}]}" > /dev/null
step "before: $(decide)"

call "$anna" GET /v1/policies/releases/active/eligibility.xlsx -o "$work/eligibility.xlsx"
step "Anna downloads eligibility.xlsx and adds a row in LibreOffice: the club mails nobody in the United States; she types \"emial\""
edit "$work/eligibility.xlsx" 'sheet.Rows.insertByIndex(10, 1)' 'sheet.getCellByPosition(0, 10).String = "US-E-CLUB"' \
  'sheet.getCellByPosition(1, 10).String = "US"' 'sheet.getCellByPosition(2, 10).String = "emial"' \
  'sheet.getCellByPosition(3, 10).String = "club"' 'For c = 4 To 18' 'sheet.getCellByPosition(c, 10).String = "any"' 'Next' \
  'sheet.getCellByPosition(19, 10).String = "deny"' 'sheet.getCellByPosition(20, 10).String = "consent_missing"' \
  'sheet.getCellByPosition(23, 10).String = "policy"' 'sheet.getCellByPosition(24, 10).String = "The club promised to write by post only."' \
  'sheet.getCellByPosition(25, 10).String = "policy"' 'sheet.getCellByPosition(26, 10).String = "Compliance"'
call "$anna" POST /v1/policies/releases -F "file=@$work/eligibility.xlsx" -F 'title=No e-mail from the club' > "$work/bad.json"
bad=$(pick 'd["id"]' < "$work/bad.json")
step "uploaded, with $(pick 'd["errors"]' < "$work/bad.json") error: $(pick 'd["findings"][0]["message"]' < "$work/bad.json")"
step "it cannot be submitted: $(json "$anna" POST "/v1/policies/releases/$bad/submit" '{}' | pick 'd["detail"]')"
call "$anna" GET "/v1/policies/releases/$bad/eligibility.xlsx?annotated=true" -o "$work/eligibility.xlsx"
step "she downloads the file with the finding at its cell, mends it there and uploads it"
edit "$work/eligibility.xlsx" 'sheet.getCellByPosition(2, 10).String = "email"'
call "$anna" POST /v1/policies/releases -F "file=@$work/eligibility.xlsx" -F 'title=No e-mail from the club' > "$work/good.json"
id=$(pick 'd["id"]' < "$work/good.json")
step "uploaded as release …${id: -8}, $(pick 'd["errors"]' < "$work/good.json") errors, $(pick 'd["warnings"]' < "$work/good.json") warnings"
step "difference: $(call "$anna" GET "/v1/policies/releases/$id/diff" | pick '"; ".join("%s %s/%s %s: %s" % (c["change"], c["workbook"], c["sheet"], c["id"], ", ".join(x["column"] + " " + x["after"] for x in c["cells"] if x["decides"] and x["after"] != "any")) for c in d["changes"])')"
job=$(json "$anna" POST "/v1/policies/releases/$id/impacts" '{}' | pick 'd["links"]["self"]')
for _ in $(seq 120); do
  call "$anna" GET "$job" > "$work/impact.json"
  [ "$(pick 'd["state"]' < "$work/impact.json")" = running ] || break
  sleep 0.5
done
step "impact: $(pick 'd["state"]' < "$work/impact.json")"
call "$anna" GET "$job/text" | sed 's/^/          /'
json "$anna" POST "/v1/policies/releases/$id/submit" '{"comment": "The club asked for it"}' > /dev/null
step "submitted; Anna cannot approve it: $(json "$anna" POST "/v1/policies/releases/$id/approve" '{}' | pick 'd["detail"]')"
json "$paul" POST "/v1/policies/releases/$id/approve" '{"comment": "Agreed"}' > /dev/null
step "approved by Paul"
json "$paul" POST "/v1/policies/releases/$id/activate" '{}' > "$work/active.json"
step "activated at once: $(pick 'd["state"]' < "$work/active.json")"
step "after: $(decide)"
json "$paul" POST /v1/policies/rollback '{"reason": "The club changed its mind"}' > "$work/back.json"
step "rolled back: release $(pick '"…" + d["id"][-8:] + " is " + d["state"]' < "$work/back.json")"
step "then: $(decide)"
step "history of the club's release: $(call "$paul" GET "/v1/policies/releases/$id" | pick '", ".join(e["action"] + " by " + e["person"] for e in d["history"])')"
