"""Names of regions: those of the national code where a bank uses it, else the bank's own."""

from analytics.desks.data.regions import region_names
from pages.ui.words import say, to


def region_name(region: str) -> str:
    """What a region is called; an empty text stands for customers without one."""
    if not region:
        return say("impact.no_region")
    known = region_names().get(region)
    return to(known) if known else region
