#!/bin/sh
# Calls an application through callflow, with curl. `callflow serve` and the application run; then
# CALLFLOW_TOKEN=… APP_URL=http://127.0.0.1:3000/ sh test_app.sh
set -eu

callflow=${CALLFLOW_URL:-http://127.0.0.1:8040}
app=${APP_URL:-http://127.0.0.1:3000/}

result=$(
  curl --silent --show-error "$callflow/simulator/flows" \
    --header "Authorization: Bearer $CALLFLOW_TOKEN" \
    --header 'Content-Type: application/json' \
    --data @- <<FLOW
{
  "url": "$app",
  "live": true,
  "caller": [{ "hears": "press 1", "after": 1, "press": "1" }]
}
FLOW
)

case $result in
*'We are open from nine to five.'*) echo 'ok: key 1 tells the opening hours' ;;
*)
  echo "not ok: $result" >&2
  exit 1
  ;;
esac
