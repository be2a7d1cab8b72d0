"""The door. `streamlit run app.py` finds the ASGI application below, and runs this file anew for every visit.

The application warms up before the first visitor and answers `/healthz`; a visit resolves the language and shows the
page map.
"""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).resolve().parent
SECTIONS = {
    "everyone": {"overview": "monitoring"},
    "committee": {"bench": "tune", "migration": "swap_horiz", "publish": "gavel"},
    "service": {"customer": "person_search"},
    "data": {"intake": "upload_file", "runs": "play_circle"},
}
"""Sections of the menu, their pages and the pages' icons."""
SIDEBAR = 310
"""Width of the menu in pixels: the longest department fits."""


def visit() -> None:
    """One run of the script: the page map in the visitor's language, then the page."""
    from pages.ui.words import say

    st.set_page_config(
        page_title=say("nav.product"),
        page_icon=str(HERE / "pages/ui/assets/favicon.png"),
        layout="wide",
        initial_sidebar_state=SIDEBAR,
    )
    pages = {
        say(f"nav.{section}"): [
            st.Page(
                f"pages/{key}.py",
                title=say(f"nav.{key}"),
                icon=f":material/{icon}:",
                url_path=key,
                default=key == "overview",
                help=say(f"{key}.purpose"),
            )
            for key, icon in entries.items()
        ]
        for section, entries in SECTIONS.items()
    }
    st.navigation(pages, expanded=True).run()


if __name__ == "__main__":
    visit()
else:
    from pages.ui.frame import tell_unforeseen
    from pages.ui.warm import ROUTES, warm_up

    app = st.App(__file__, lifespan=warm_up, routes=ROUTES, on_script_error=tell_unforeseen)
