"""The open house: settings, contract and store, as every desk needs them."""

from dataclasses import dataclass
from functools import lru_cache

from analytics.errors import TierdeskError
from analytics.intake.contract import Contract, parse_contract
from analytics.settings import HOME, Settings
from analytics.standard.model import Standard
from analytics.standard.parse import parse_json
from analytics.store import slabs, standards
from analytics.store.connect import Store
from analytics.vocabulary import Text


@dataclass(frozen=True)
class House:
    """What every desk works with."""

    settings: Settings
    contract: Contract
    store: Store

    def standard(self, standard_hash: str) -> Standard:
        """A standard of the store by its hash; raises ``STANDARD-090`` for an unknown one."""
        return self._canonical(self.stored(standard_hash).canonical)

    def stored(self, standard_hash: str) -> standards.StoredStandard:
        """A standard as the store keeps it, with the text of its rules.toml."""
        with self.store.read() as cursor:
            stored = standards.get(cursor, standard_hash)
        if stored is None:
            raise TierdeskError(
                "STANDARD-090",
                Text(f"库中没有标准 {standard_hash[:12]}。", f"The store has no standard {standard_hash[:12]}."),
                Text("请从发布历史中选择一个版本。", "Choose a version from the history of publications."),
            )
        return stored

    def _canonical(self, canonical: str) -> Standard:
        return _parsed(canonical, self.contract)


@lru_cache(maxsize=64)
def _parsed(canonical: str, contract: Contract) -> Standard:
    return parse_json(canonical, contract)


@lru_cache(maxsize=1)
def load_contract() -> Contract:
    """The column contract of the house."""
    return parse_contract((HOME / "data" / "contract.toml").read_text(encoding="utf-8"))


def open_house(settings: Settings) -> House:
    """Open the store that the settings name; raises the store's errors."""
    store = Store.open(settings.path("store"), memory=settings.memory, threads=settings.threads)
    slabs.sweep(store)
    return House(settings, load_contract(), store)
