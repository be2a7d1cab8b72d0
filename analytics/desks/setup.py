"""A house to begin with: the first standard, the demo bank, and its classification. Does only what is missing."""

from collections.abc import Callable

from analytics.demo import make_bank
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.data.intake import import_file
from analytics.desks.house import House, load_contract
from analytics.desks.runs.classification import classify
from analytics.errors import TierdeskError
from analytics.intake.mapping import Mapping, parse_mapping
from analytics.settings import HOME
from analytics.vocabulary import Text

ACTOR = "setup"
Tell = Callable[[Text], None]


def setup(house: House, tell: Tell) -> None:
    """Found the standard, make and import the demo bank into an empty store, classify what is not yet."""
    try:
        publishing.in_force(house)
    except TierdeskError as error:
        if error.code != "PUBLISH-001":
            raise
        tell(Text("以 rules.toml 建立首个标准", "Founding the first standard from rules.toml"))
        publishing.found(house, house.settings.path("rules").read_text(encoding="utf-8"), ACTOR)
    publishing.settle(house)
    if not snapshots.every(house):
        _demo(house, tell)
        standard = publishing.in_force(house).standard
        for snapshot in reversed(snapshots.latest(house)):
            tell(Text(f"评定 {snapshot.period}", f"Classifying {snapshot.period}"))
            classify(house, snapshot.snapshot_id, standard, actor=ACTOR)


def _demo(house: House, tell: Tell) -> None:
    folder, settings = house.settings.path("demo"), house.settings
    tell(
        Text(
            f"生成示例银行：{settings.demo_customers} 位客户",
            f"Making the demo bank: {settings.demo_customers} customers",
        )
    )
    make_bank(folder, customers=settings.demo_customers, quarters=settings.demo_quarters)
    mapping = demo_mapping()
    for file in sorted(folder.glob("customers_*.parquet")):
        tell(Text(f"接入 {file.name}", f"Importing {file.name}"))
        import_file(house.store, house.contract, file, mapping, actor=ACTOR)


def demo_mapping() -> Mapping:
    """The mapping of the demo bank's files."""
    path = HOME / "examples" / "demo" / "mapping.toml"
    return parse_mapping(path.read_text(encoding="utf-8"), load_contract())
