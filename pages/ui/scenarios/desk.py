"""Everything about kept drafts in one place: save the one in hand, choose among those kept, compare."""

from analytics.desks.whatif import scenarios
from pages.ui import cached
from pages.ui.draft import sketch
from pages.ui.impact.figures import Scope
from pages.ui.pickers import Context
from pages.ui.scenarios.comparing import comparison
from pages.ui.scenarios.saving import saving, told
from pages.ui.scenarios.shelf import shelf
from pages.ui.words import say


def desk(here: Context, scope: Scope | None = None) -> None:
    """Draw it; ``scope`` is the part of the population that is looked at, everyone unless said."""
    told()
    saving(here, sketch.draft_of(sketch.current(here.standard_hash)))
    kept = scenarios.every(cached.house())
    shelf(here, kept)
    everyone = Scope(say("bench.before"), say("bench.after"), here.snapshot.currency)
    comparison(here, kept, scope or everyone)
