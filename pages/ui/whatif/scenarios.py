"""Which drafts there are: kept, shared, and compared side by side."""

from pages.ui.scenarios.desk import desk
from pages.ui.whatif.view import View


def scenarios(view: View) -> None:
    """Draw the answer in full."""
    desk(view.here, view.scope)
