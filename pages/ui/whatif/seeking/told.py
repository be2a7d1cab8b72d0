"""Limits, aims and solutions of a goal-seek in the visitor's words."""

from dataclasses import dataclass

from analytics.cube.goal.ask import WHOLE, Aim, Limit, Quantity, Subject, Way
from analytics.cube.goal.clash import Clashing
from analytics.cube.goal.ground import Ground
from analytics.cube.goal.seek import Found, Held, Solution
from analytics.desks.whatif.goal import points
from analytics.standard.model import Standard
from analytics.vocabulary import Kind
from pages.ui.regions import region_name
from pages.ui.words import count, money, number, say, share, to

MOST_DIGITS = 6


@dataclass(frozen=True)
class Teller:
    """Puts a goal-seek over one draft into words."""

    ground: Ground
    currency: str

    @property
    def draft(self) -> Standard:
        return self.ground.standard

    def quantity(self, of: Quantity) -> str:
        """What is counted: ``Assets in Mid and above``."""
        facts = {
            "tier": to(self.draft.tiers_up[of.rank or 0].name.text),
            "measure": say(f"impact.{of.measure}"),
            "who": self._who(of),
        }
        if of.subject is Subject.MANAGERS:
            return say("goal.of_managers" if of.rank is None else "goal.of_managers_tier", **facts)
        money_of = "" if of.measure == "customers" else "_money"
        return say(f"goal.of_{of.subject}{money_of}", **facts)

    def amount(self, of: Quantity, value: int) -> str:
        """A value of a quantity, in customers, people or money."""
        is_money = of.subject is Subject.COST or of.measure != "customers"
        return money(value, self.currency) if is_money else count(value)

    def part(self, of: Quantity, value: int) -> str:
        """A value and, where it has a whole, its share of that."""
        if of.subject in (Subject.COST, Subject.MANAGERS):
            return self.amount(of, value)
        return say("goal.part", amount=self.amount(of, value), share=share(value, self.ground.whole(of)))

    def part_of(self, of: Quantity, value: int) -> str:
        """A value and, where it has a whole, its share, with what that is a share of."""
        if of.subject in (Subject.COST, Subject.MANAGERS):
            return self.amount(of, value)
        before = of.subject in (Subject.KEPT, Subject.UP, Subject.DOWN, Subject.MOVERS)
        whole = say("goal.whole_had" if before else "goal.whole_have", measure=say(f"goal.whole_{of.measure}"))
        part = share(value, self.ground.whole(of))
        return say("goal.part_of", amount=self.amount(of, value), share=part, whole=whole)

    def limit(self, limit: Limit) -> str:
        """``High: at most 5%``."""
        bound = f"{number(limit.bound / 100)}%" if limit.is_share else self.amount(limit.of, limit.bound)
        return say(f"goal.limit_{limit.way}", what=self.quantity(limit.of), bound=bound)

    def exact(self, clashing: Clashing) -> str:
        """``High: at most 5% (143)``."""
        words = self.limit(clashing.limit)
        if not clashing.limit.is_share:
            return words
        return say("goal.part", amount=words, share=self.amount(clashing.limit.of, clashing.bound))

    def entries(self, solution: Solution, kinds: tuple[Kind, ...]) -> str:
        """``Persons 62.1 / 79.5``: entry scores of some kinds, lowest tier first."""
        parts = [
            say("goal.entries_of", kind=to(kind.label), entries=" / ".join(number(points(each)) for each in entries))
            for kind, entries in zip(Kind, solution.entries, strict=True)
            if kind in kinds
        ]
        return say("goal.list_sign").join(parts)

    def binding(self, found: Found, aim: Aim) -> str:
        """What holds the aim back most, what it costs, and how little would help."""
        easing = found.easing
        if easing is None:
            return say("goal.nothing_binds" if found.held else "goal.no_limits")
        held = found.held[easing.place]
        words = say(
            "goal.binds",
            limit=self.limit(held.limit),
            without=self.part(aim.of, held.without),
            gain=self.amount(aim.of, abs(held.without - found.best.value)),
            bound=self._eased(held, easing.bound),
            value=self.part(aim.of, easing.value),
        )
        others = [each for each in found.held if each is not held and each.without != found.best.value]
        if not others:
            return words
        limits = say("goal.between").join(self.limit(each.limit) for each in others)
        return f"{words}  \n{say('goal.binds_too', n=count(len(others)), limits=limits)}"

    def _eased(self, held: Held, bound: int) -> str:
        """An eased bound, its share to as many digits as tell it from the bound that holds."""
        of = held.limit.of
        if not held.limit.is_share:
            return self.part(of, bound)
        whole = self.ground.whole(of)
        texts = ((share(bound, whole, n), share(held.limit.bound, WHOLE, n)) for n in range(1, MOST_DIGITS + 1))
        eased = next((new for new, stood in texts if new != stood), share(bound, whole, MOST_DIGITS))
        return say("goal.part", amount=self.amount(of, bound), share=eased)

    def runner_up(self, found: Found, aim: Aim, kinds: tuple[Kind, ...]) -> str:
        """How near the next best comes."""
        second = found.runner_up
        if second is None:
            return say("goal.no_runner_up")
        gap = abs(second.value - found.best.value)
        facts = {"entries": self.entries(second, kinds), "gap": self.amount(aim.of, gap), "down": count(second.down)}
        if gap:
            return say("goal.runner_up", of=share(gap, abs(found.best.value), 2), **facts)
        return say("goal.runner_up_down" if second.down != found.best.down else "goal.runner_up_far", **facts)

    def needed(self, clashing: Clashing, *, alone: bool) -> str:
        """One limit of a clash, and what the others would leave it; ``alone`` where it clashes with none of them."""
        return say(
            f"goal.needed_{clashing.limit.way}" + ("" if clashing.is_enough else "_alone" if alone else "_not_enough"),
            limit=self.exact(clashing),
            needed=self.part(clashing.limit.of, clashing.needed),
        )

    def room(self, held: Held) -> str:
        """How far a limit is from being met exactly."""
        gap = held.bound - held.value if held.limit.way is Way.MOST else held.value - held.bound
        return self.amount(held.limit.of, gap) if gap else say("goal.no_room")

    def _who(self, of: Quantity) -> str:
        if of.group is not None:
            return region_name(of.group)
        return to(of.kind.label) if of.kind else say("impact.everyone")
