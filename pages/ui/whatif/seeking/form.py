"""What is asked of a goal-seek: the aim, the grid, which kinds may move, and the limits.

Every field is proposed from today's standard, and says again what the visitor last said in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

import streamlit as st

from analytics.cube.goal.ask import Aim, Ask, Limit, Quantity, Subject, Way
from analytics.cube.goal.halves import combinations
from analytics.cube.recount import State
from analytics.desks.whatif.bench import Trial
from analytics.standard.model import POINTS
from analytics.vocabulary import BASIS, CURRENCIES, UNITS, Kind
from pages.ui import session
from pages.ui.regions import region_name
from pages.ui.whatif.view import View
from pages.ui.words import count, names, number, say, short, to

AIMS = {
    "assets": Aim(Quantity(Subject.COVER, "assets"), Way.MOST),
    "contribution": Aim(Quantity(Subject.COVER, "contribution"), Way.MOST),
    "still": Aim(Quantity(Subject.MOVERS), Way.LEAST),
    "still_assets": Aim(Quantity(Subject.MOVERS, "assets"), Way.LEAST),
}
STEPS, USUAL_STEP = (500, 200, 100, 50, 20, 10), 100
"""Grids on offer, in hundredths of a point."""
FIELD, MOST_FLOORS = 150, 5
QUOTAS = 2
"""For so many of the highest tiers a quota is proposed."""
ROOM = Decimal("0.2")
"""A proposed quota leaves a fifth of today's share to either side."""
MOST_MANAGERS, MOST_MONEY = 10**9, 10**13
Value = TypeVar("Value")


@dataclass(frozen=True)
class Form:
    """The fields over one standard and snapshot, and what was last said in them.

    ``fields`` names the limits that have been drawn, ``faults`` those whose number is out of range: the browser would
    keep such a number to itself, and the answer to the one before would go on standing below.
    """

    view: View
    drafted: Trial
    key: str
    said: dict[str, object]
    fields: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def last(self, name: str, usual: Value) -> Value:
        """What a field said last, or what is proposed."""
        return self.said.get(name, usual)  # type: ignore[return-value]  # a field always says the same type

    def share(self, name: str, label: str, usual: float | None, *, disabled: bool = False) -> int | None:
        """A share, typed in percent, in hundredths of a percent; it may be left out."""
        with st.container(gap="xsmall"):
            value: float | None = st.number_input(
                label,
                value=None,
                step=0.1,
                format="%.1f",
                placeholder=say("goal.no_limit"),
                key=self._shown(name, usual),
                on_change=self._hear,
                args=(name,),
                disabled=disabled,
            )
            return int(Decimal(str(value)) * 100) if value is not None and self._is_within(name, value, 100) else None

    def whole(self, name: str, label: str, usual: int, most: int) -> int | None:
        """A whole number that may be left out."""
        with st.container(gap="xsmall"):
            value: int | None = st.number_input(
                label,
                value=None,
                step=1,
                placeholder=say("goal.no_limit"),
                key=self._shown(name, usual),
                on_change=self._hear,
                args=(name,),
            )
            return value if value is not None and self._is_within(name, value, most) else None

    def _is_within(self, name: str, value: float, most: int) -> bool:
        """Whether a number can be a limit; where not, it is marked below its field."""
        if 0 <= value <= most:
            return True
        self.faults.append(name)
        st.markdown(say("goal.out_of_range", low=0, high=count(most)))
        return False

    def clear(self) -> None:
        """No limit at all, also where one is proposed."""
        self.said.update(dict.fromkeys(self.fields))
        self._choose_groups([])

    def propose(self) -> None:
        """Every limit as it is proposed."""
        for name in self.fields:
            self.said.pop(name, None)
        self._choose_groups([])

    def _choose_groups(self, groups: list[str]) -> None:
        self.said["floors"] = groups
        session.show(f"{self.key}.floors", groups)

    def _shown(self, name: str, usual: float | None) -> str:
        """Key of a field that is about to be drawn, and shows what it said last: it could not be emptied otherwise."""
        self.fields.append(name)
        session.show(f"{self.key}.{name}", self.last(name, usual))
        return f"{self.key}.{name}"

    def _hear(self, name: str) -> None:
        self.said[name] = session.shown(f"{self.key}.{name}")

    def choice(self, name: str, label: str, options: dict[Value, str], usual: Value) -> Value:
        last = self.last(name, usual)
        found = st.selectbox(
            label,
            list(options),
            index=list(options).index(last if last in options else usual),
            format_func=options.__getitem__,
            key=f"{self.key}.{name}",
        )
        self.said[name] = found
        return found


def form_of(view: View, drafted: Trial) -> Form:
    """The form, with what was said in it before; ``drafted`` is what the draft as it stands would do, by region."""
    key = f"goal.{view.here.standard_hash[:8]}.{view.here.snapshot.snapshot_id}"
    said: dict[str, object] = session.recall(key, {})
    session.remember(key, said)
    return Form(view, drafted, key, said)


def ask_of(form: Form, movable: tuple[Kind, ...]) -> Ask:
    """Draw every field; returns what they ask."""
    with st.container(border=True, key="goal_ask"):
        head = st.container(horizontal=True, vertical_alignment="center")
        with st.grid(4, min_column_width=FIELD):
            aim = _aim(form)
            kinds = _kinds(form, movable)
            step = _step(form, len(kinds))
        st.markdown(f":small[{say('goal.proposed')} {say('goal.quotas')}]")
        limits = tuple(_limits(form, aim))
        with head:
            st.markdown(f"**{say('goal.ask')}**", width="stretch")
            st.button(say("goal.propose_again"), on_click=form.propose, key="goal.propose")
            st.button(say("goal.clear_all"), on_click=form.clear, icon=":material/ink_eraser:", key="goal.clear")
    return Ask(aim, limits, kinds, step)


def _aim(form: Form) -> Aim:
    name = form.choice("aim", say("goal.aim"), names("goal.aim_", AIMS), "assets")
    aim = AIMS[name]
    if aim.of.subject is not Subject.COVER:
        return aim
    tiers = form.view.draft.tiers_up
    lowest = {rank: say("goal.and_above", tier=to(tiers[rank].name.text)) for rank in range(len(tiers) - 1, 0, -1)}
    rank = form.choice("rank", say("goal.covered"), lowest, 1)
    return Aim(Quantity(Subject.COVER, aim.of.measure, rank=rank), aim.way)


def _kinds(form: Form, movable: tuple[Kind, ...]) -> tuple[Kind, ...]:
    options = {kind: to(kind.label) for kind in movable}
    both = len(options) > 1
    every: dict[tuple[Kind, ...], str] = {tuple(options): say("goal.every_kind")} if both else {}
    every |= {(kind,): label for kind, label in options.items()}
    return form.choice("kinds", say("goal.kinds"), every, next(iter(every)))


def _step(form: Form, n_kinds: int) -> int:
    boundaries = len(form.view.draft.tier) - 1
    options = {
        step: say(
            "goal.step_of",
            step=number(step / BASIS),
            n=short(combinations(POINTS * BASIS // step + 1, boundaries, n_kinds)),
        )
        for step in STEPS
    }
    return form.choice("step", say("goal.step"), options, USUAL_STEP)


def _limits(form: Form, aim: Aim) -> Iterator[Limit]:
    yield from _quotas(form)
    staff = form.drafted.staff_before
    with st.grid(4, min_column_width=FIELD):
        yield from _most_managers(form, sum(each.managers or 0 for each in staff))
        yield from _most_cost(form, sum(each.cost for each in staff))
        for subject, usual in ((Subject.DOWN, 2.0), (Subject.MOVERS, None)):
            bound = form.share(subject, say(f"goal.most_{subject}"), usual)
            if bound is not None:
                yield Limit(Quantity(subject), Way.MOST, bound, is_share=True)
    yield from _floors(form, aim)


def _quotas(form: Form) -> Iterator[Limit]:
    """Shares of each tier, at least and at most."""
    today = _shares_today(form.drafted)
    tiers = form.view.draft.tiers_up
    with st.grid(4, min_column_width=FIELD):
        for rank in range(len(tiers) - 1, -1, -1):
            near = today.get(tiers[rank].id, Decimal(0)) if rank >= max(1, len(tiers) - QUOTAS) else Decimal(0)
            for way in Way:
                usual = _proposed(near, way) if near else None
                label = say(f"goal.quota_{way}", tier=to(tiers[rank].name.text))
                bound = form.share(f"{tiers[rank].id}.{way}", label, usual)
                if bound is not None:
                    yield Limit(Quantity(Subject.TIER, rank=rank), way, bound, is_share=True)


def _shares_today(drafted: Trial) -> dict[str, Decimal]:
    """Percent of the classified customers in each tier under the page's standard."""
    migration = drafted.migration
    totals: list[tuple[State, int]] = list(
        zip(migration.before, migration.distribution("before").tolist(), strict=True)
    )
    whole = sum(n for state, n in totals if state.rank is not None)
    return {state.id: 100 * Decimal(n) / whole for state, n in totals if state.rank is not None and whole}


def _proposed(percent: Decimal, way: Way) -> float:
    """A fifth below or above today's share, outwards to the next tenth of a percent."""
    far = percent * (1 - ROOM if way is Way.LEAST else 1 + ROOM) * 10
    outwards = int(far) if way is Way.LEAST else -int(-far // 1)
    return min(100.0, outwards / 10)


def _most_managers(form: Form, today: int) -> Iterator[Limit]:
    bound = form.whole("managers", say("goal.most_managers"), today, MOST_MANAGERS)
    if bound is not None:
        yield Limit(Quantity(Subject.MANAGERS), Way.MOST, bound)


def _most_cost(form: Form, today: int) -> Iterator[Limit]:
    unit = UNITS[CURRENCIES[form.view.scope.currency]]
    label = say("goal.most_cost", unit=to(unit.label))
    bound = form.whole("cost", label, -(-today // unit.scale), MOST_MONEY)
    if bound is not None:
        yield Limit(Quantity(Subject.COST), Way.MOST, bound * unit.scale)


def _floors(form: Form, aim: Aim) -> Iterator[Limit]:
    """What some groups keep at least, and what is covered at least."""
    groups = {kind.value: to(kind.label) for kind in Kind if form.view.draft.scales(kind)}
    regions = form.drafted.migration.groups
    groups |= {f"region.{name}": region_name(name) for name in sorted(regions, key=region_name) if len(regions) > 1}
    with st.grid(4, min_column_width=FIELD):
        chosen = st.multiselect(
            say("goal.floors"),
            list(groups),
            [each for each in form.last("floors", list[str]()) if each in groups],
            format_func=groups.__getitem__,
            max_selections=MOST_FLOORS,
            placeholder=say("goal.no_group"),
            key=f"{form.key}.floors",
        )
        form.said["floors"] = chosen
        kept = form.share("kept", say("goal.least_kept"), 98.0, disabled=not chosen)
        for measure in ("assets", "contribution"):
            bound = form.share(f"cover.{measure}", say(f"goal.least_{measure}"), None)
            if bound is not None:
                yield Limit(Quantity(Subject.COVER, measure, rank=aim.of.rank or 1), Way.LEAST, bound, is_share=True)
    for name in chosen if kept is not None else ():
        region = name.removeprefix("region.") if name.startswith("region.") else None
        kind = None if region is not None else Kind(name)
        yield Limit(Quantity(Subject.KEPT, kind=kind, group=region), Way.LEAST, kept or 0, is_share=True)
