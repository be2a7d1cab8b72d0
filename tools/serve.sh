#!/usr/bin/env bash
# From a fresh clone to a served Tierdesk: environment, bytecode, bank, server.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE # set in some containers; it makes the first visitor wait for seconds
tools/venv.sh run
python=.venv/bin/python

for part in app.py analytics pages; do
    [ ! -e "$part" ] || "$python" -m compileall -q "$part"
done

address=${ADDRESS:-$("$python" -m analytics settings --get address)}
port=${PORT:-$("$python" -m analytics settings --get port)}

# Asked before the bank is opened: a Tierdesk that already runs holds its store, and "locked" would be the wrong message.
"$python" tools/port.py "$address" "$port"
"$python" -m analytics setup

echo "==> Tierdesk is starting on http://$address:$port (Ctrl-C stops it)"
exec "$python" -m streamlit run app.py --server.address "$address" --server.port "$port"
