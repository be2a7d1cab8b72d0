"""A process that imports one file for period after period until it is killed; each kept snapshot is told.

python -m tests.intake.crash_child STORE FILE
"""

import sys
from pathlib import Path

from analytics.desks.data.intake import import_file
from analytics.intake.contract import parse_contract
from analytics.intake.mapping import parse_mapping
from analytics.store import snapshots
from analytics.store.connect import Store
from tests.intake.papers import MAPPING, ROOT


def tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> None:
    contract = parse_contract((ROOT / "data" / "contract.toml").read_text(encoding="utf-8"))
    store = Store.open(Path(sys.argv[1]))
    with store.read() as cursor:
        year = 2000 + len(snapshots.every(cursor))
    tell("open")
    while True:
        mapping = parse_mapping(MAPPING.replace("2025Q4", str(year)), contract)
        (done,) = import_file(store, contract, Path(sys.argv[2]), mapping, "child")
        tell(str(done.snapshot_id))
        year += 1


if __name__ == "__main__":
    main()
