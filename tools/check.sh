#!/usr/bin/env bash
# Run the named groups of checks, show each command, and close with one line a step.
# Usage: tools/check.sh lint | tests | prove | format | bench ...
# A failed step does not hide the ones after it; the exit code is 1 if any failed.
set -uo pipefail # not -e: a failed step is remembered, and the next one runs
cd "$(dirname "$0")/.." || exit 1
unset PYTHONDONTWRITEBYTECODE # pytest's rewritten tests and the packages are compiled once, not on every run
export PATH="$PWD/.venv/bin:$PATH"

report=""
failed=0

step() { # step NAME COMMAND...
    local name=$1 start=$SECONDS verdict=ok
    shift
    printf '\n==> %s: %s\n' "$name" "$*"
    "$@" || verdict=FAILED
    report="$report$(printf '  %-24s %-6s %4d s' "$name" "$verdict" $((SECONDS - start)))"$'\n'
    [ "$verdict" = ok ] || failed=1
    [ "$verdict" = ok ]
}

skip() { # skip NAME REASON
    printf '\n==> %s: left out, %s\n' "$1" "$2"
    report="$report$(printf '  %-24s left out, %s' "$1" "$2")"$'\n'
}

has_python() { [ -n "$(find "$1" -name '*.py' -print -quit 2>/dev/null)" ]; }

lint() {
    step "ruff check" ruff check .
    step "ruff format" ruff format --check .
    local typed=() part
    for part in analytics pages app.py tests benchmarks tools; do
        ! has_python "$part" || typed+=("$part")
    done
    step "mypy" mypy "${typed[@]}"
    if [ -f analytics/__init__.py ] && [ -f pages/__init__.py ]; then
        step "import-linter" lint-imports --no-logo
    else
        skip "import-linter" "pages/ and analytics/ are not both packages yet"
    fi
}

tests() { # a file stays with one worker, so what its fixtures start (a server, a browser) is started once
    local selection="not prove"
    if [ "${BROWSER:-yes}" = no ]; then
        skip "browser tests" "BROWSER=no"
        selection="not prove and not browser"
    elif ! step "browser" tools/browser.sh; then
        selection="not prove and not browser" # one clear failure instead of one a test
    fi
    step "pytest" pytest -n "${WORKERS:-2}" --dist loadfile -m "$selection"
}

prove() {
    [ "${BROWSER:-yes}" = no ] || step "browser" tools/browser.sh
    step "pytest, the proofs" pytest -m prove
}

format() {
    step "ruff check --fix" ruff check --fix .
    step "ruff format" ruff format .
}

bench() {
    local file name
    for file in benchmarks/*.py; do
        name=$(basename "$file" .py)
        case $name in "*" | _*) continue ;; esac
        [ -n "${BENCH:-}" ] && [ "$BENCH" != "$name" ] && continue
        step "$name" python -m "benchmarks.$name"
    done
    if [ -z "$report" ]; then
        echo "Nothing to run in benchmarks/ (BENCH=${BENCH:-all of them})." >&2
        failed=1
    fi
}

tools/venv.sh dev || exit 1
for group in "$@"; do
    case $group in
        lint | tests | prove | format | bench) "$group" ;;
        *) echo "tools/check.sh: '$group' is not one of: lint, tests, prove, format, bench" >&2; exit 2 ;;
    esac
done
printf '\n%s' "$report"
exit "$failed"
