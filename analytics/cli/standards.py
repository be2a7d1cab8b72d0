"""The commands about standards: check, diff, publish."""

import argparse
import sys
from pathlib import Path

from analytics import clock
from analytics.cli.files import read_text
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House, load_contract, open_house
from analytics.desks.whatif import bench
from analytics.desks.whatif.drafts import draft_from
from analytics.errors import TierdeskError
from analytics.settings import load_settings
from analytics.standard.canon import standard_hash
from analytics.standard.check import check
from analytics.standard.diff import diff
from analytics.standard.faults import Severity, StandardFaults
from analytics.standard.model import Standard
from analytics.standard.parse import parse_toml
from analytics.store.proposals import Proposal
from analytics.vocabulary import Text

Said = argparse.Namespace


def chosen_hash(house: House, named: str | None) -> str:
    """The hash of a kept standard by its hash, the beginning of it, or its file; the law's where nothing is named."""
    if not named:
        return publishing.in_force(house).publication.standard_hash
    return _hash_of_file(house, Path(named)) if Path(named).is_file() else house.stored(named).standard_hash


def _hash_of_file(house: House, path: Path) -> str:
    """The hash of the standard in a file; raises ``STANDARD-091`` where the store does not keep it."""
    name = standard_hash(parse_toml(read_text(path), house.contract))
    try:
        return house.stored(name).standard_hash
    except TierdeskError as error:
        raise TierdeskError(
            "STANDARD-091",
            Text(f"库中没有文件 {path.name} 所写的标准。", f"The store does not keep the standard in {path.name}."),
            Text("请先以此文件提案并发布。", "Propose and publish the file first."),
        ) from error


def chosen(house: House, named: str | None) -> Standard:
    """A kept standard by its hash or its file, or the law."""
    return house.standard(chosen_hash(house, named))


def check_file(said: Said) -> int:
    """Every fault and note of a rules.toml; 1 where there is a fault."""
    try:
        found = check(parse_toml(read_text(said.rules), load_contract()), load_contract())
    except StandardFaults as error:
        found = error.faults
    for fault in found:
        sys.stdout.write(f"{fault.severity.value} {fault.code} {fault.to(said.language)}\n")
    faults = sum(fault.severity is Severity.FAULT for fault in found)
    words = Text(f"错误 {faults} 处，提示 {len(found) - faults} 处", f"{faults} faults, {len(found) - faults} notes")
    sys.stdout.write(words.to(said.language) + "\n")
    return 1 if faults else 0


def diff_files(said: Said) -> int:
    """What changes, in sentences; with a snapshot also who would move. 0 either way, as nothing is refused."""
    house = open_house(load_settings()) if said.snapshot or not _are_files(said) else None
    contract = load_contract()
    before, after = (_standard(house, name) for name in (said.before, said.after))
    for change in diff(before, after, contract):
        sys.stdout.write(change.sentence.to(said.language) + "\n")
    if said.snapshot and house:
        snapshot = snapshots.named(house, said.snapshot)
        moves = bench.trial(house, snapshot.snapshot_id, before, after).migration.moved()
        words = Text(
            f"{snapshot.period}：{moves.total} 位客户中升级 {moves.up}，降级 {moves.down}，其他 {moves.other}",
            f"{snapshot.period}: of {moves.total} customers {moves.up} go up, {moves.down} down, "
            f"{moves.other} elsewhere",
        )
        sys.stdout.write(words.to(said.language) + "\n")
    if house:
        house.store.close()
    return 0


def _are_files(said: Said) -> bool:
    return Path(said.before).exists() and Path(said.after).exists()


def _standard(house: House | None, named: str) -> Standard:
    if Path(named).exists():
        return parse_toml(read_text(Path(named)), load_contract())
    if house is None:
        raise TierdeskError(
            "FILE-001",
            Text(f"没有文件 {named}。", f"There is no file {named}."),
            Text("请核对路径。", "Check the path."),
        )
    return chosen(house, named)


def publish(said: Said) -> int:
    """Propose, confirm, return, found or settle."""
    house = open_house(load_settings())
    try:
        words = _publish(house, said)
    finally:
        house.store.close()
    sys.stdout.write(words.to(said.language) + "\n")
    return 0


def _publish(house: House, said: Said) -> Text:
    if said.settle:
        state = publishing.settle(house).state
        return Text(f"rules.toml:{_state(state).zh}", f"rules.toml: {_state(state).en}")
    if said.found:
        law = publishing.found(house, read_text(said.found), said.by)
        return Text(
            f"首个标准 {law.standard.standard.version} 已生效",
            f"First standard {law.standard.standard.version} is in force",
        )
    if said.confirm:
        done = publishing.confirm(house, said.confirm, actor=said.by, note=said.reason)
        return Text(f"已发布，{done.effective} 生效", f"Published, in force from {done.effective}")
    if said.send_back:
        publishing.close(house, said.send_back, state="returned", actor=said.by, note=said.reason)
        return Text("已退回", "Returned")
    draft = draft_from(house, read_text(said.propose))
    if draft.faults:
        raise StandardFaults(draft.faults)
    wish = publishing.Wish(said.title, said.reason, said.version, said.effective or clock.today())
    snapshot = snapshots.named(house, said.snapshot) if said.snapshot else snapshots.latest(house)[0]
    made = publishing.propose(house, source=draft.source, snapshot_id=snapshot.snapshot_id, wish=wish, actor=said.by)
    return _waits(house, made)


def _waits(house: House, proposal: Proposal) -> Text:
    """That a proposal waits, and every sentence that it binds against the latest publication."""
    changes = publishing.changes(house, proposal.baseline_hash, proposal.standard_hash)
    bound = [each.sentence for each in changes if not each.path.startswith("standard.")]
    version = house.standard(proposal.baseline_hash).standard.version
    zh = [f"提案 {proposal.proposal_id} 待确认，与版本 {version} 相比："]
    en = [f"Proposal {proposal.proposal_id} waits for a second person; against version {version}:"]
    return Text("\n".join([*zh, *(each.zh for each in bound)]), "\n".join([*en, *(each.en for each in bound)]))


def _state(state: str) -> Text:
    return {
        "in_step": Text("与现行标准一致", "in step with the law"),
        "written": Text("已按现行标准写入", "written from the law"),
        "edited": Text("被手工修改，保留未动", "edited by hand, left as it is"),
    }[state]
