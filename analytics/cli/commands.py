"""What each command does."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields

from analytics.cli import standards as standard_commands
from analytics.cli.files import read_text, require_writable, writing
from analytics.demo import make_bank
from analytics.desks.data import snapshots
from analytics.desks.data.intake import Imported, import_file, rejects_csv
from analytics.desks.house import House, load_contract, open_house
from analytics.desks.runs import exporting
from analytics.desks.runs.classification import classify
from analytics.desks.setup import setup
from analytics.desks.verification import verify
from analytics.intake.mapping import parse_mapping
from analytics.settings import Settings, load_settings
from analytics.vocabulary import Text

Said = argparse.Namespace


def run(said: Said) -> int:
    """The command's exit code; raises :class:`TierdeskError` where it is refused."""
    return COMMANDS[said.command](said)


def tell(said: Said, text: Text) -> None:
    """One line of what is going on."""
    sys.stdout.write(text.to(said.language) + "\n")


@contextmanager
def opened() -> Iterator[House]:
    """The house, closed again at the end."""
    house = open_house(load_settings())
    try:
        yield house
    finally:
        house.store.close()


def _setup(said: Said) -> int:
    with opened() as house:
        setup(house, lambda text: tell(said, text))
    tell(said, Text("就绪", "Ready"))
    return 0


def _demo(said: Said) -> int:
    folder = said.out or load_settings().path("demo")
    manifest = make_bank(folder, customers=said.customers, quarters=said.quarters, seed=said.seed)
    for quarter in manifest.quarters:
        tell(said, Text(f"{quarter.file}:{quarter.rows} 行", f"{quarter.file}: {quarter.rows} rows"))
    return 0


def _settings(said: Said) -> int:
    settings = load_settings()
    names = [field.name for field in fields(Settings)]
    for name in [said.get] if said.get else names:
        if name not in names:
            sys.stderr.write(f"{name}: {', '.join(names)}\n")
            return 2
        value = getattr(settings, name)
        sys.stdout.write(f"{value}\n" if said.get else f"{name} = {value}\n")
    return 0


def _import(said: Said) -> int:
    contract = load_contract()
    mapping = parse_mapping(read_text(said.mapping), contract)
    if said.rejects:
        require_writable(said.rejects)
    with opened() as house:
        results = import_file(house.store, contract, said.file, mapping, actor=said.by)
        for done in results:
            tell(said, _fate(done))
        if said.rejects:
            refused = tuple(dict.fromkeys(done.intake_id for done in results if done.n_rejected))
            with writing(said.rejects):
                rejects_csv(house.store, refused, said.rejects, actor=said.by)
    filled = {done.file_name for done in results if done.n_accepted}
    empty = [done for done in results if not done.n_accepted and (done.period or done.file_name not in filled)]
    return 1 if empty else 0


def _fate(done: Imported) -> Text:
    """What became of one period of a file."""
    if not done.n_accepted:
        where = Text(f"期次 {done.period}", done.period) if done.period else Text("无期次的行", "rows of no period")
        return Text(
            f"{done.file_name}，{where.zh}：全部 {done.n_lines} 行被拒收，没有快照",
            f"{done.file_name}, {where.en}: nothing accepted, all {done.n_lines} rows rejected, no snapshot",
        )
    return Text(
        f"{done.period} 快照 {done.snapshot_id}：{done.n_lines} 行 = 接收 {done.n_accepted} + 拒收 {done.n_rejected}",
        f"{done.period} snapshot {done.snapshot_id}: {done.n_lines} rows = {done.n_accepted} accepted "
        f"+ {done.n_rejected} rejected",
    )


def _classify(said: Said) -> int:
    with opened() as house:
        standard = standard_commands.chosen(house, said.standard)
        for snapshot in [snapshots.named(house, said.snapshot)] if said.snapshot else snapshots.latest(house):
            done = classify(house, snapshot.snapshot_id, standard, actor=said.by)
            words = f"{snapshot.period} {done.run_id} {done.n_customers} {done.digest[:16]}"
            tell(said, Text(words, words))
    return 0


def _verify(said: Said) -> int:
    failed = 0
    with opened() as house:
        for proof in verify(house, deep=said.deep):
            mark = "ok  " if proof.holds else "FAIL"
            failed += not proof.holds
            sys.stdout.write(f"{mark} {proof.subject.to(said.language)}: {proof.detail.to(said.language)}\n")
    return 1 if failed else 0


def _export(said: Said) -> int:
    with opened() as house:
        standard_hash = standard_commands.chosen_hash(house, said.standard)
        if said.what == "rules":
            exporting.rules(house, standard_hash, said.out)
        elif said.what == "sql":
            exporting.sql(house, standard_hash, said.out)
        else:
            snapshot = snapshots.named(house, said.snapshot) if said.snapshot else snapshots.latest(house)[0]
            rows = exporting.results(house, snapshot.snapshot_id, standard_hash, said.out, actor=said.by)
            tell(said, Text(f"{rows} 位客户", f"{rows} customers"))
    tell(said, Text(f"已写入 {said.out}", f"Written to {said.out}"))
    return 0


COMMANDS: dict[str, Callable[[Said], int]] = {
    "setup": _setup,
    "demo": _demo,
    "settings": _settings,
    "import": _import,
    "check": standard_commands.check_file,
    "classify": _classify,
    "diff": standard_commands.diff_files,
    "publish": standard_commands.publish,
    "verify": _verify,
    "export": _export,
}
