"""What every question on the bench is asked about."""

from dataclasses import dataclass

from analytics.desks.bench import Side, Trial
from analytics.standard.model import Standard
from pages.ui.impact.figures import Scope
from pages.ui.pickers import Context


@dataclass(frozen=True)
class View:
    """A draft against the standard of the page, recounted, and the part of the population that is looked at."""

    here: Context
    draft: Standard
    trial: Trial
    scope: Scope

    @property
    def sides(self) -> tuple[Side, Side]:
        """The page's standard and the draft, on the page's snapshot."""
        snapshot = self.here.snapshot.snapshot_id
        return Side(snapshot, self.here.standard), Side(snapshot, self.draft)
