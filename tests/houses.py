"""Small real houses for tests: a demo bank of a few hundred customers, imported and classified once, then copied."""

import shutil
from dataclasses import replace
from pathlib import Path

from analytics.desks.data.intake import import_file
from analytics.desks.house import House, open_house
from analytics.desks.setup import setup
from analytics.intake.mapping import parse_mapping
from analytics.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
CUSTOMERS, QUARTERS = 600, 3


def settings_in(folder: Path) -> Settings:
    """Settings whose every path lies in ``folder``."""
    return replace(
        Settings(),
        store=folder / "tierdesk.duckdb",
        demo=folder / "demo",
        rules=folder / "rules.toml",
        memory="1GB",
        demo_customers=CUSTOMERS,
        demo_quarters=QUARTERS,
    )


def build(folder: Path) -> Path:
    """A whole house in ``folder``: the first standard, three quarters, classified; closed again."""
    shutil.copy(ROOT / "rules.toml", folder / "rules.toml")
    house = open_house(settings_in(folder))
    setup(house, lambda words: None)
    house.store.close()
    return folder


def copied(built: Path, folder: Path) -> House:
    """An open house of its own, copied from one that was built."""
    for name in ("tierdesk.duckdb", "rules.toml"):
        shutil.copy(built / name, folder / name)
    return open_house(settings_in(folder))


def in_crowns(house: House, folder: Path, *numbers: str, as_of: str = "2026-01-10") -> str:
    """Id of a snapshot in crowns, later than the others unless said, of persons with these numbers."""
    source = folder / "crowns.csv"
    rows = "".join(f"{number},900000,4000,700\n" for number in numbers)
    source.write_text(f"no,aum,gain,credit\n{rows}", encoding="utf-8")
    mapping = parse_mapping(
        f'[file]\nformat = "csv"\n[snapshot]\nas_of = {as_of}\nperiod = "{as_of[:7]}"\ncurrency = "CZK"\n'
        '[column.customer_id]\nfrom = "no"\n[column.kind]\nvalue = "person"\n[column.assets]\nfrom = "aum"\n'
        '[column.contribution]\nfrom = "gain"\n[column.credit_score]\nfrom = "credit"\n',
        house.contract,
    )
    (done,) = import_file(house.store, house.contract, source, mapping, actor="a")
    return str(done.snapshot_id)
