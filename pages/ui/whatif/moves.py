"""Who moves: winners and losers, staff, and the customers behind them."""

from analytics.standard.canon import standard_hash
from pages.ui.frame import empty
from pages.ui.impact import layout
from pages.ui.impact.mover_list import Opened, mover_list
from pages.ui.whatif.view import View
from pages.ui.whatif.winners import winners_and_losers
from pages.ui.words import say


def moves(view: View) -> None:
    """Draw the answer in full."""
    migration, scope = view.trial.migration, view.scope
    if layout.nobody_of_part(migration, scope, key="bench.view"):
        pass
    elif layout.nothing_moves(migration, scope):
        empty(say("bench.nobody_moves"))
        return
    else:
        winners_and_losers(view)
    if scope.group is not None:  # the bench above shows everyone's
        layout.distribution_cards(migration, scope, key="bench.part")
    layout.staff_table(view.trial, scope)
    opened = Opened("bench", *view.sides, migration, scope, view.here.standard_hash)
    mover_list(opened, key=f"bench.list.{standard_hash(view.draft)[:8]}")
