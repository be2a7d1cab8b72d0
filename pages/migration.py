"""Migration: from which tier to which, between two standards, two dates, or both."""

import streamlit as st

from analytics.cube.recount import Migration, State
from analytics.desks.whatif import bench
from analytics.desks.whatif.bench import Side
from pages.ui import cached, links
from pages.ui.frame import empty, page
from pages.ui.impact import layout
from pages.ui.impact.figures import Scope
from pages.ui.impact.mover_list import Opened, Pair, mover_list
from pages.ui.impact.side_picker import side_name, sides
from pages.ui.pickers import Context
from pages.ui.words import count, say


def view(here: Context) -> None:
    """Both sides, what lies between them, and the customers behind any cell."""
    before, after = sides(here)
    trial = bench.compare(cached.house(), before, after)
    scope = Scope(side_name(before), side_name(after), here.snapshot.currency)
    scope = layout.scope_controls(trial.migration, scope, key="migration.view")
    layout.headline(trial, scope)
    explain(before, after, trial.migration, scope)
    with st.grid(2, min_column_width=layout.CARD):
        layout.matrix_card(trial.migration, scope, key="migration")
        with st.container(key="migration_right"):
            layout.flow_card(trial.migration, scope, key="migration")
    if not layout.nothing_moves(trial.migration, scope):
        layout.movement(trial, scope, key="migration")
    layout.distribution_cards(trial.migration, scope, key="migration")
    if before.snapshot_id != after.snapshot_id:
        st.markdown(f":small[{say('migration.money')}]")
    opened = Opened("migration", before, after, trial.migration, scope, here.standard_hash, wanted(trial.migration))
    mover_list(opened, key=f"migration.list.{scope.before}.{scope.after}")


def explain(before: Side, after: Side, migration: Migration, scope: Scope) -> None:
    """Say why nobody moves, that two causes are mixed, and whom shares are of between two dates."""
    dates, standards = before.snapshot_id != after.snapshot_id, before.standard != after.standard
    if not dates and not standards:
        empty(say("migration.same"))
    elif layout.nobody_of_part(migration, scope, key="migration.view"):
        return
    elif layout.nothing_moves(migration, scope):
        empty(say("migration.nobody"))
    elif dates and standards:
        st.info(say("migration.causes"), icon=":material/info:")
    if dates:
        st.markdown(f":small[{say('migration.union', **_union(migration, scope))}]")


def _union(migration: Migration, scope: Scope) -> dict[str, str]:
    """Who is counted between two dates: everyone of either, and how many stand on one side only."""
    table = migration.matrix(kind=scope.kind, group=scope.group)
    new = sum(int(table[at].sum()) for at, state in enumerate(migration.before) if state.id == "NEW")
    closed = sum(int(table[:, at].sum()) for at, state in enumerate(migration.after) if state.id == "CLOSED")
    return {"who": scope.who, "n": count(int(table.sum())), "new": count(new), "closed": count(closed)}


def wanted(migration: Migration) -> Pair | None:
    """The cell that the address names, if it names one."""
    link = links.current("migration")
    pair = _place(migration.before, link.was), _place(migration.after, link.now)
    return None if pair[0] is None or pair[1] is None else (pair[0], pair[1])


def _place(states: tuple[State, ...], name: str | None) -> int | None:
    return next((at for at, state in enumerate(states) if state.id == name), None)


with page("migration") as here:
    if here is not None:
        view(here)
