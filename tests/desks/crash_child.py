"""A process that works at the desks until it is killed; each act that is answered is told on standard output.

python -m tests.desks.crash_child FOLDER classify|publish SEED
"""

import random
import sys
from decimal import Decimal
from pathlib import Path

from analytics import clock
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House, open_house
from analytics.desks.runs.classification import classify
from analytics.standard.change import Override, apply, write
from analytics.standard.parse import read_toml, validate
from analytics.vocabulary import Kind
from tests.houses import settings_in


def tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def classify_on(house: House, draw: random.Random) -> None:
    source = house.stored(publishing.in_force(house).publication.standard_hash).source
    while True:
        edge = Override("dimension.assets.person.bands[3].from", Decimal(draw.randrange(210_000, 900_000)))
        standard = validate(apply(read_toml(source), [edge]), house.contract)
        for snapshot in snapshots.latest(house):
            tell("run " + classify(house, snapshot.snapshot_id, standard, actor="child").run_id)


def publish_on(house: House, draw: random.Random) -> None:
    while True:
        law = publishing.in_force(house)
        now = law.standard.tiers_up[-1].entry_basis(Kind.PERSON) // 100
        entry = draw.choice([each for each in range(65, 95) if each != now])
        wish = publishing.Wish("t", "r", clock.new_id(), clock.today())
        source = write(house.stored(law.publication.standard_hash).source, [Override("tier[0].entry.person", entry)])
        snapshot = snapshots.latest(house)[0].snapshot_id
        made = publishing.propose(house, source=source, snapshot_id=snapshot, wish=wish, actor="chen.committee")
        tell("proposal " + made.proposal_id)
        publishing.confirm(house, made.proposal_id, actor="zhao.risk")
        tell("publication " + made.standard_hash)


def main() -> None:
    folder, work, seed = sys.argv[1:]
    house = open_house(settings_in(Path(folder)))
    publishing.settle(house)
    tell("open")
    {"classify": classify_on, "publish": publish_on}[work](house, random.Random(int(seed)))


if __name__ == "__main__":
    main()
