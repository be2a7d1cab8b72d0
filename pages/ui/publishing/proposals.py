"""Proposals: what each says, what it was bound to do, and a second person's hand."""

import pandas as pd
import streamlit as st

from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.errors import TierdeskError
from analytics.store.proposals import Proposal
from pages.ui import cached, links, session
from pages.ui.draft import sketch
from pages.ui.draft.change_list import change_list
from pages.ui.frame import empty, plain, tell
from pages.ui.impact import layout
from pages.ui.impact.figures import Scope
from pages.ui.links import Link
from pages.ui.tables import table
from pages.ui.words import NOTHING, day, moment, say, who

SHORT = 12
REOPENED = 3
"""Of the proposals that came to nothing, how many of the latest can be opened as a draft again."""


def open_proposals() -> None:
    """Every open proposal with its decision, then those that are decided."""
    every = publishing.every_proposal(cached.house())
    waiting = [each for each in every if each.state == "open"]
    if not waiting:
        empty(say("publish.no_open"), Link("bench"), say("publish.to_bench"))
    for proposal in waiting:
        _proposal(proposal)
    _decided([each for each in every if each.state != "open"])


def _proposal(proposal: Proposal) -> None:
    house = cached.house()
    snapshot = snapshots.get(house, proposal.snapshot_id)
    standard = house.standard(proposal.standard_hash)
    with st.container(border=True, key=f"proposal_{proposal.proposal_id}"):
        st.markdown(f"#### {plain(proposal.title)}")
        facts = {
            "version": standard.standard.version,
            "effective": day(proposal.effective),
            "who": who(proposal.proposed_by),
            "when": moment(proposal.proposed_at),
            "snapshot": snapshot.period,
        }
        st.markdown(say("publish.meta", **facts))
        st.markdown("  \n".join(f"> {plain(line)}" for line in proposal.reason.splitlines()))
        hashes = {"standard": proposal.standard_hash[:SHORT], "impact": proposal.impact_hash[:SHORT]}
        st.markdown(f":small[{say('publish.hashes', **hashes)}]")
        between = (house.standard(proposal.baseline_hash), standard)
        changes = publishing.changes(house, proposal.baseline_hash, proposal.standard_hash)
        changes = tuple(each for each in changes if not each.path.startswith("standard."))
        st.markdown(f"**{say('publish.changes', n=len(changes))}**")
        change_list(changes, between=between, key=f"changes.{proposal.proposal_id}", nothing=say("publish.same"))
        _decision(proposal)
        st.markdown(f"**{say('publish.impact_bound', hash=proposal.impact_hash[:SHORT])}**")
        baseline = house.standard(proposal.baseline_hash).standard.version
        scope = Scope(say("publish.baseline", version=baseline), say("publish.proposed"), snapshot.currency)
        layout.summary(publishing.bound_impact(house, proposal), scope, key=f"p{proposal.proposal_id}")


def _decision(proposal: Proposal) -> None:
    """Confirm or return somebody else's, withdraw one's own."""
    name, own = proposal.proposal_id, session.actor() == proposal.proposed_by
    note = st.text_input(say("publish.note"), key=f"note.{name}")
    with st.container(horizontal=True):
        confirmed = st.button(
            say("publish.confirm"), type="primary", icon=":material/verified:", disabled=own, key=f"confirm.{name}"
        )
        returned = not own and st.button(say("publish.return"), icon=":material/reply:", key=f"return.{name}")
        withdrawn = own and st.button(say("publish.withdraw"), icon=":material/undo:", key=f"withdraw.{name}")
    if own:
        st.markdown(f":small[{say('publish.own')}]")
    if confirmed:
        _act(proposal, "confirmed", note)
    if returned or withdrawn:
        _act(proposal, "returned" if returned else "withdrawn", note)


def _act(proposal: Proposal, what: str, note: str) -> None:
    house, actor = cached.house(), session.actor()
    try:
        if what == "confirmed":
            made = publishing.confirm(house, proposal.proposal_id, actor=actor, note=note)
            version = house.standard(made.standard_hash).standard.version
            told = say("publish.confirmed", version=version, effective=day(made.effective))
            session.remember("publish.view", "history")
        else:
            publishing.close(house, proposal.proposal_id, state=what, actor=actor, note=note)
            told = say(f"publish.{what}_done")
    except TierdeskError as error:
        tell(error)
        return
    session.remember("publish.told", told)
    links.jump(Link("publish"))


def _decided(proposals: list[Proposal]) -> None:
    if not proposals:
        return
    house = cached.house()
    headers = {
        "title": say("publish.title"),
        "version": say("publish.version"),
        "state": say("publish.state"),
        "proposed_by": say("publish.who_proposed"),
        "decided_by": say("publish.who_decided"),
        "decided_at": say("publish.when_decided"),
        "note": say("publish.decision_note"),
    }
    rows = [
        [
            each.title,
            house.standard(each.standard_hash).standard.version,
            say(f"publish.state_{each.state}"),
            who(each.proposed_by),
            who(each.decided_by) if each.decided_by else NOTHING,
            moment(each.decided_at) if each.decided_at else NOTHING,
            each.decision_note or NOTHING,
        ]
        for each in proposals
    ]
    st.markdown(f"#### {say('publish.decided')}")
    table(pd.DataFrame(rows, columns=list(headers)), headers, wide=("note",))
    for each in [each for each in proposals if each.state in ("returned", "withdrawn")][:REOPENED]:
        words = say("publish.reopen", title=plain(each.title))
        if st.button(words, icon=":material/open_in_new:", key=f"publish.reopen.{each.proposal_id}"):
            baseline = publishing.last_published(house).publication.standard_hash
            sketch.open_text(baseline, house.stored(each.standard_hash).source)
            links.jump(Link("bench", each.snapshot_id, baseline))
