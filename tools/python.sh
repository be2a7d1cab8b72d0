#!/usr/bin/env bash
# Print the path of a Python that can run Tierdesk (3.11 or later, able to make an environment), or say what to install.
# Each candidate is really started: a pyenv shim or Apple's stub exists without a Python behind it.
set -euo pipefail

probe='import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))'
seen=""
for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
    if ! path=$(command -v "$name"); then
        [ -z "${PYTHON:-}" ] || seen="$seen
  $name: not found"
        continue
    fi
    if "$path" -c "$probe" >/dev/null 2>&1; then
        echo "$path"
        exit 0
    fi
    version=$("$path" --version 2>/dev/null) || continue
    case $version in
        "Python 3.1"[1-9]*) reason="its venv module is missing" ;;
        *) reason="too old" ;;
    esac
    seen="$seen
  $path: $version, $reason"
done

cat >&2 <<END
Tierdesk needs Python 3.11 or later, with venv. Found:${seen:-
  none}

Install it, then run make again:
  Debian, Ubuntu   apt-get install python3 python3-venv
  Fedora, RHEL     dnf install python3.12
  macOS            brew install python@3.13
  Windows          use WSL, then as for Ubuntu
A Python elsewhere is taken with: make run PYTHON=/path/to/python3.12
END
exit 1
