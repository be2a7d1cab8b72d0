"""The door. `streamlit run app.py` finds the ASGI application below, and runs this file anew for every visit.

The application warms up before the first visitor and answers `/healthz`; a visit resolves the language and shows the
page map.
"""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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


@asynccontextmanager
async def warm_up(application: st.App) -> AsyncIterator[None]:  # noqa: ARG001 - Streamlit hands itself over
    """Import what pages need and open the store, then leave all that out of every later garbage collection.

    Streamlit would serve the files of pages/ by itself until the first visit has drawn the page map: a deep link as
    the very first visit would run a page without the door. The map is known from the start, so that is turned off.
    """
    from streamlit.runtime.pages_manager import PagesManager

    from analytics.errors import TierdeskError
    from pages.ui import cached, frame, standings, tables  # noqa: F401 - imported to be warm

    PagesManager.uses_pages_directory = False
    try:
        cached.house()
    except TierdeskError as error:
        logging.getLogger("tierdesk").error("%s", error)  # every page says it again, with what to do
    gc.collect()
    gc.freeze()
    yield


if __name__ == "__main__":
    visit()
else:
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    from pages.ui.frame import tell_unforeseen

    async def health(request: Request) -> PlainTextResponse:  # noqa: ARG001 - the probe says nothing
        return PlainTextResponse("ok")

    app = st.App(__file__, lifespan=warm_up, routes=[Route("/healthz", health)], on_script_error=tell_unforeseen)
