"""What all visitors share: the open house and its background work."""

import streamlit as st

from analytics.desks.data import uploads
from analytics.desks.house import House, open_house
from analytics.desks.runs.jobs import Jobs
from analytics.settings import Settings, load_settings


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The settings that this process started with."""
    return load_settings()


@st.cache_resource(show_spinner=False)
def house() -> House:
    """The one open house of this process; its errors are shown by the frame and nothing is cached."""
    opened = open_house(settings())
    uploads.sweep(settings())
    return opened


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """The background work of this process."""
    return Jobs()
