"""``python -m analytics``: the desks without a screen.

Exit codes: 0 done, 1 a check or proof found something or nothing of a file was accepted, 2 wrong words, 3 refused (the
message says why), 4 a failure that should not be.
"""

import sys
import traceback
from pathlib import Path

from analytics.cli.commands import run
from analytics.cli.parser import parser
from analytics.errors import TierdeskError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    said = parser().parse_args(arguments)
    try:
        return run(said)
    except TierdeskError as error:
        sys.stderr.write(error.to(said.language) + "\n")
        for fault in getattr(error, "faults", ()):
            sys.stderr.write(f"  {fault.to(said.language)}\n")
        return 3
    except Exception as error:  # noqa: BLE001 - the last boundary: the error's own words may hold customers' values
        place = traceback.extract_tb(error.__traceback__)[-1]
        sys.stderr.write(f"[HOUSE-001] {type(error).__name__}, {Path(place.filename).name}:{place.lineno}\n")
        return 4


if __name__ == "__main__":
    sys.exit(main())
