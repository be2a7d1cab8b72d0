#!/usr/bin/env bash
# Make sure that the browser tests find a Chromium: the system's own, or the one that Playwright brings.
# They look for CHROMIUM=/path, then chromium, chromium-browser and google-chrome on PATH, then Playwright's.
set -euo pipefail
cd "$(dirname "$0")/.."

system_chromium() {
    [ -x "${CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome
}
playwright_chromium() {
    [ -x "$(.venv/bin/python -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)')" ]
}
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
can_apt() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }

system_chromium >/dev/null && exit 0

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if can_apt; then
    echo "==> installing Chromium and Chinese fonts for the browser tests (apt-get)"
    as_root apt-get -qq update >"$log" 2>&1 || true # an old list may do; if not, the install below says so
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
        install chromium fonts-noto-cjk </dev/null >>"$log" 2>&1 || true
    # Ubuntu's package is an empty shell around a snap, so the program is looked for, not the exit code.
    system_chromium >/dev/null && exit 0
fi
playwright_chromium && exit 0
echo "==> fetching Chromium for the browser tests (playwright install chromium)"
.venv/bin/python -m playwright install chromium </dev/null >>"$log" 2>&1 && exit 0

cat >&2 <<END
The browser tests need Chromium, and it could not be installed from here. The last words of the attempt:
$(tail -n 8 "$log" | sed 's/^/  | /')
Install it by hand, then run make test again:
  Debian          apt-get install chromium fonts-noto-cjk
  macOS, others   Chrome or Chromium, and CHROMIUM=/path/to/it
Or leave those tests out: make test BROWSER=no
END
exit 1
