#!/usr/bin/env bash
# Write requirements.txt and requirements-dev.txt from the two short .in files: direct packages first, then all that
# they bring. Pins that are already there hold unless UPGRADE=yes. Resolved in a throw-away environment.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$(tools/python.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/venv"

touch "$work/keep"
[ "${UPGRADE:-no}" = yes ] || cat requirements.txt requirements-dev.txt 2>/dev/null | grep '^[A-Za-z].*==' >"$work/keep" || true
# A pin that an .in file changes by hand must not be held by its old value.
names() { sed -nE 's/^([A-Za-z0-9._-]+).*/\1/p' "$@" | tr '[:upper:]_.' '[:lower:]--' | sort -u; }
without() { # lines of FILE whose package is not among the names in LIST: without LIST FILE
    awk -F '[][=<>~ ;]' 'NR == FNR { seen[$1]; next } { n = tolower($1); gsub(/[_.]/, "-", n) } !(n in seen)' "$1" "$2"
}
names requirements.in requirements-dev.in >"$work/direct"
without "$work/direct" "$work/keep" >"$work/constraints"

freeze() { # freeze IN OUT: install IN beside what is there and list everything
    "$work/venv/bin/python" -m pip install -qq --no-input --disable-pip-version-check -r "$1" -c "$work/constraints"
    "$work/venv/bin/python" -m pip freeze --exclude pip --exclude setuptools >"$2"
}

write() { # write IN ALL TITLE: the pinned file on standard output
    printf '# %s\n# Written by `make lock` from %s; change that file, then run it again.\n' "$3" "$1"
    grep '^-r' "$1" | sed 's/\.in$/.txt/' || true
    printf '\n# Asked for by name\n'
    grep -E '^[A-Za-z]' "$1" | sed 's/ *#.*//'
    printf '\n# Brought by those\n'
    names "$1" >"$work/named"
    without "$work/named" "$2"
}

echo "==> resolving requirements.in"
freeze requirements.in "$work/run"
echo "==> resolving requirements-dev.in"
freeze requirements-dev.in "$work/all"
names "$work/run" >"$work/run-names"
without "$work/run-names" "$work/all" >"$work/dev"

write requirements.in "$work/run" "What Tierdesk runs on." >"$work/requirements.txt"
write requirements-dev.in "$work/dev" "What checks and tests need, on top of requirements.txt." >"$work/requirements-dev.txt"
mv "$work/requirements.txt" "$work/requirements-dev.txt" .
wc -l requirements.txt requirements-dev.txt
