"""What the server does before its first visitor, and what it answers to a probe."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager

from analytics.errors import TierdeskError
from pages.ui import cached, tables  # noqa: F401 - imported to be warm
from pages.ui.overview import standings  # noqa: F401 - imported to be warm

LOG = logging.getLogger("tierdesk")


@asynccontextmanager
async def warm_up(application: st.App) -> AsyncIterator[None]:  # noqa: ARG001 - Streamlit hands itself over
    """Open the store and leave all that is imported out of every later garbage collection.

    Streamlit would serve the files of pages/ by itself until a first visit has drawn the page map: a deep link as
    the very first visit would run a page without the door. The map is known from the start, so that is turned off.
    """
    PagesManager.uses_pages_directory = False
    try:
        cached.house()
    except TierdeskError as error:
        LOG.error("%s", error)  # every page says it again, with what to do
    gc.collect()
    gc.freeze()
    yield


async def health(request: Request) -> PlainTextResponse:  # noqa: ARG001 - the probe says nothing
    """Any unknown path answers 200 with the app itself, so a probe needs a route of its own."""
    return PlainTextResponse("ok")


ROUTES = [Route("/healthz", health)]
