"""Customer: one customer's tier, why, how to rise, and how it was before."""

import pandas as pd
import streamlit as st

from analytics.cube.movers import Selection
from analytics.desks import customers
from analytics.desks.customers import Card
from analytics.desks.data import snapshots
from analytics.desks.runs.fitness import misfit
from analytics.desks.whatif import bench
from analytics.standard.model import Standard
from analytics.vocabulary import Kind, Outcome
from pages.ui import cached, frame, links, session, tables
from pages.ui.customer import history, scorecard
from pages.ui.links import Link
from pages.ui.pickers import Context
from pages.ui.words import NOTHING, money, number, say, to

NUMBER = "customer.number"
LISTED = 10
MARKS = {1: "▲", -1: "▼"}


def search(link: Link) -> str | None:
    """The customer number that the visitor asks for; it stands in the address."""

    def asked() -> None:
        st.query_params["customer"] = str(session.shown(NUMBER)).strip()

    session.show(NUMBER, link.customer or "")
    st.text_input(
        say("customer.number"),
        key=NUMBER,
        max_chars=64,
        placeholder=say("customer.placeholder"),
        icon=":material/search:",
        on_change=asked,
        width=420,
    )
    return link.customer


def suggest(here: Context) -> None:
    """Without a number: whom to look at first, the largest who moved since the period before."""
    before = snapshots.before(cached.house(), here.snapshot)
    if before is None or misfit(before, here.standard):
        frame.empty(say("customer.how"))
        return
    old, new = (bench.Side(each.snapshot_id, here.standard) for each in (before, here.snapshot))
    migration = bench.compare(cached.house(), old, new).migration
    ways = enumerate(migration.direction.tolist())
    pairs = tuple((row, at) for row, line in ways for at, way in enumerate(line) if way in MARKS)
    rows, total = bench.movers(cached.house(), old, new, Selection(pairs), limit=LISTED)
    if not total:
        frame.empty(say("customer.how"))
        return
    st.markdown(f"**{say('customer.suggest')}**  \n:small[{say('customer.suggest_note', period=before.period)}]")
    found, kinds = rows.to_pylist(), {kind.code: to(kind.label) for kind in Kind}
    was = [migration.before[row["before"]] for row in found]
    now = [migration.after[row["after"]] for row in found]
    marks = [MARKS[int(migration.direction[row["before"], row["after"]])] for row in found]
    columns = {
        "number": [row["customer_id"] for row in found],
        "name": [row["name"] or NOTHING for row in found],
        "kind": [kinds[row["kind"]] for row in found],
        "was": [to(state.label) for state in was],
        "now": [f"{mark} {to(state.label)}" for mark, state in zip(marks, now, strict=True)],
        "assets": [money(row["assets"] or 0, here.snapshot.currency) for row in found],
    }
    headers = {name: say(f"customer.{name}") for name in columns}
    chosen = tables.choose(pd.DataFrame(columns), headers, key="customer.suggested", right=("assets",))
    if chosen is not None:
        st.query_params["customer"] = columns["number"][chosen]
        st.rerun()


def headline(card: Card, standard: Standard) -> None:
    """Tier inside and outside, score, distance, categories."""
    found = card.explanation
    inside, outside = to(found.outcome.label), say("customer.no_outward")
    if found.tier is not None:
        tier = standard.tiers_up[found.tier]
        subtier = next((each for each in tier.subtier if each.id == found.subtier), None)
        inside = to((subtier or tier).name.text)
        outside = say("customer.outward", name=to(tier.outward.text))
    names = {each.id: to(each.name.text) for each in standard.category}
    labels = [names[each] + (say("customer.primary") if each == card.primary else "") for each in card.categories]
    with st.grid(4, min_column_width=200):
        for key, value, note in (
            ("tier", inside, outside),
            ("score", NOTHING if found.score is None else number(found.score), say("customer.score_of")),
            ("distance", *distance(card, standard)),
            ("categories", say("customer.and").join(labels) or NOTHING, to(found.kind.label)),
        ):
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.markdown(f":gray[{say(f'customer.{key}')}]")
                st.markdown(f"### {value}")
                st.markdown(note)


def distance(card: Card, standard: Standard) -> tuple[str, str]:
    """How far the next tier is, or why no score decides."""
    found = card.explanation
    if found.outcome is not Outcome.CLASSIFIED or found.tier is None:
        return NOTHING, say("customer.distance_none")
    if found.scored_tier is not None and found.scored_tier != found.tier:
        scored = to(standard.tiers_up[found.scored_tier].name.text)
        return say("customer.by_gate"), say("customer.by_gate_note", tier=scored)
    if found.held_by:
        gates = dict.fromkeys(scorecard.gate_words(gate) for gate in found.held_by)
        return say("customer.by_gate"), say("customer.held_note", gates=say("customer.and").join(gates))
    if found.next_tier is None or found.short_of_next is None:
        return say("customer.top"), say("customer.top_note")
    following = to(standard.tiers_up[found.next_tier].name.text)
    return say("customer.short", points=number(found.short_of_next)), say("customer.short_note", tier=following)


def reasons(card: Card, standard: Standard) -> None:
    """Missing values that count, and every gate that is met."""
    label = {name: to(dimension.label.text) for name, dimension in standard.dimensions}
    absent = [label[each.dimension] for each in card.explanation.lines if each.value is None]
    lines = [say("customer.reason_missing", dimension=each) for each in absent]
    lines += [scorecard.gate_words(gate) for gate in card.explanation.gates]
    with st.container(border=True):
        st.markdown(f"**{say('customer.reasons')}**")
        st.markdown("\n".join(f"- {line}" for line in lines) or say("customer.reasons_none"))


with frame.page("customer") as here:
    house, standard = cached.house(), here.standard
    wanted = search(links.current("customer"))
    if not wanted:
        suggest(here)
        st.stop()
    card = customers.card(house, here.snapshot.snapshot_id, standard, wanted)
    st.markdown(f"## {card.customer_id} · {card.name or NOTHING}")
    headline(card, standard)
    scorecard.draw(standard, card.explanation)
    reasons(card, standard)
    history.draw(customers.past(house, standard, wanted), standard)
    scorecard.facts(card.facts, standard)
