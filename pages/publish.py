"""Placeholder until the page lands."""

from pages.ui.frame import page

with page("publish"):
    pass
