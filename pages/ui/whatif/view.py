"""What every question on the bench is asked about."""

from dataclasses import dataclass, replace

from analytics.cube.groupings import REGION
from analytics.desks.whatif import bench
from analytics.desks.whatif.bench import Side, Trial
from analytics.standard.canon import standard_hash
from analytics.standard.model import Standard
from pages.ui import cached
from pages.ui.impact.figures import Scope
from pages.ui.pickers import Context, label_of_snapshot
from pages.ui.tables import csv_name


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

    def by(self, *grouping: str) -> Trial:
        """The same change, counted by the groups of one grouping or several; raises ``RUN-005`` to ``-007``."""
        return bench.compare(cached.house(), *self.sides, grouping=grouping)

    def file_name(self, *parts: str) -> str:
        """What a download of this view is called: what it is, its period, and the version or that it is a draft."""
        same = standard_hash(self.draft) == self.here.standard_hash
        version = self.here.standard.standard.version if same else "draft"
        return csv_name(*parts, label_of_snapshot(self.here.snapshot), version)

    @property
    def of_part(self) -> "View":
        """The view with its trial counted by the grouping that its scope looks at."""
        return self if self.scope.grouping == REGION else replace(self, trial=self.by(self.scope.grouping))
