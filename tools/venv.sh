#!/usr/bin/env bash
# Make .venv agree with the pinned requirements; nothing happens when it already does.
# Usage: tools/venv.sh run | dev
# The stamp in .venv is a copy of the pins that were installed: it goes stale when one changes, and is missing when an
# install was broken off half-way (it is written last).
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE # without bytecode every start takes seconds longer

kind=${1:-run}
case $kind in
    run) files=(requirements.txt) ;;
    dev) files=(requirements.txt requirements-dev.txt) ;;
    *) echo "tools/venv.sh: '$kind' is not one of: run, dev" >&2; exit 2 ;;
esac

minor() { "$1" -c 'import sys; print(*sys.version_info[:2])' 2>/dev/null; }

if [ -d .venv ]; then
    if ! minor .venv/bin/python >/dev/null || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        echo "==> .venv is broken or half made: making it again"
        rm -rf .venv
    elif [ "$(cat .venv/made-in 2>/dev/null)" != "$PWD" ]; then
        echo "==> .venv was made in another folder, and its programs still point there: making it again"
        rm -rf .venv
    elif [ -n "${PYTHON:-}" ] && [ "$(minor .venv/bin/python)" != "$(minor "$(tools/python.sh)")" ]; then
        echo "==> .venv has another Python than PYTHON=$PYTHON: making it again"
        rm -rf .venv
    elif cat "${files[@]}" | cmp -s - ".venv/installed-$kind"; then
        exit 0
    fi
fi

if [ ! -d .venv ]; then
    python=$(tools/python.sh)
    echo "==> making .venv with $("$python" --version) ($python)"
    "$python" -m venv .venv
    printf '%s\n' "$PWD" >.venv/made-in
fi

count=$(cat "${files[@]}" | grep -c '^[A-Za-z]')
echo "==> installing $count pinned packages into .venv (the first time takes a minute or two)"
rm -f .venv/installed-*
if ! .venv/bin/python -m pip install -qq --no-input --disable-pip-version-check \
    -r "${files[${#files[@]} - 1]}"; then
    cat >&2 <<END

The packages could not be installed; pip's reason is above. What was installed so far is kept: run make again to go on.
No way to the package index? Behind a proxy set HTTPS_PROXY, for a mirror inside the bank set PIP_INDEX_URL.
END
    exit 1
fi
cp requirements.txt .venv/installed-run
[ "$kind" = run ] || cat "${files[@]}" >.venv/installed-dev
