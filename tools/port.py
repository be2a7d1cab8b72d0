"""Exit 0 when the port is free; otherwise say who seems to have it and what to do."""

import errno
import os
import socket
import sys
import urllib.error
import urllib.request

address, number = sys.argv[1:]
if not number.isdigit() or not 0 < int(number) < 65536:
    sys.exit(f"'{number}' is no port: a number from 1 to 65535 is, as in make run PORT=8502.")
port = int(number)
url = f"http://{address}:{port}"


def bind_error() -> OSError | None:
    """The reason why nothing could listen there, or None."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name == "posix":  # as the server does; a port in TIME_WAIT is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen()
        except OSError as error:
            return error
    return None


def streamlit_answers() -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except (OSError, ValueError):
        return False


error = bind_error()
if error is None:
    sys.exit(0)
if error.errno != errno.EADDRINUSE:
    sys.exit(
        f"Tierdesk cannot listen on {address}, port {port}: {error.strerror}.\n"
        f"  This machine alone: make run ADDRESS=127.0.0.1; ports below 1024 need root, 8502 does not."
    )
owner = "A Streamlit server, perhaps Tierdesk itself," if streamlit_answers() else "Another program"
sys.exit(
    f"{owner} already listens on {address}, port {port}.\n"
    f"  If it is Tierdesk, open {url}\n"
    f"  To stop it: Ctrl-C in its terminal (lsof -i :{port} names the process)\n"
    f"  Or take another port: make run PORT={port + 1} (for good: port = {port + 1} in tierdesk.toml)"
)
