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

# `make run PORT=8502` is the setting of that name, for once: the app itself then knows it too.
[ -z "${PORT:-}" ] || export TIERDESK_PORT=$PORT
[ -z "${ADDRESS:-}" ] || export TIERDESK_ADDRESS=$ADDRESS
address=$("$python" -m analytics settings --get address)
port=$("$python" -m analytics settings --get port)

# Asked before the bank is opened: a Tierdesk that already runs holds its store, and "locked" would be the wrong message.
"$python" tools/port.py "$address" "$port"
"$python" -m analytics setup

echo "==> Tierdesk is starting on http://$address:$port (Ctrl-C stops it)"
exec "$python" -m streamlit run app.py --server.address "$address" --server.port "$port"
