"""The frame of every page: title, purpose, what it is about, and the one place where errors become sentences."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics import clock
from analytics.errors import TierdeskError
from pages.ui import links, pickers, session
from pages.ui.links import Link
from pages.ui.pickers import Context
from pages.ui.words import count, day, say, to

LOG = logging.getLogger("tierdesk.pages")
HTML_LANG = st.components.v2.component(
    "html_lang",
    html="<span></span>\n",
    js="export default function({data}) { document.documentElement.lang = data.lang }\n",
)
TAGS = {"zh": "zh-CN", "en": "en"}
SIGNS = re.compile(r"[\\`*_{}\[\]<>#$~|&]|:(?=[A-Za-z])")
"""What Markdown would take for itself."""
FIRST = re.compile(r"^(\d*)([-+=.)])")
"""What would begin a list or a heading."""
FOUND = re.compile(r"https?:(?=//)|www(?=\.)|@(?=[-\w])|:(?=[-+\w/]+:)", re.IGNORECASE)
"""What Streamlit makes a link, icon or emoji of, however it is escaped: it looks for them when Markdown is done."""
JOINER = "\u2060"
"""A word joiner: nothing to see, and no break in a line."""


@contextmanager
def page(key: str) -> Iterator[Context]:
    """Frame a page about one snapshot and one standard: ``with page("bench") as here:``.

    It shows the pickers, says what is chosen and writes both into the address. Without any snapshot it shows the
    way to the intake page and ends there. Errors of the body end here.
    """
    sidebar = _head(key)
    with boundary(key):
        with sidebar:
            here = pickers.choose(key)
        if here is None:
            empty(say("frame.no_snapshot"), Link("intake"), say("frame.to_intake"))
            st.stop()
        _about(here)
        yield here


@contextmanager
def open_page(key: str) -> Iterator[None]:
    """Frame a page that is about the house as a whole: no pickers, and it works on an empty store."""
    _head(key)
    with boundary(key):
        yield


def _head(key: str) -> DeltaGenerator:
    """Title, purpose and the choices of every page; returns the place for the pickers."""
    place = st.sidebar.container()
    with st.sidebar:
        pickers.person_and_language()
    HTML_LANG(data={"lang": TAGS[session.language()]}, key="html_lang", width="content", height="content")
    st.title(say(f"nav.{key}"), anchor=False)
    st.markdown(say(f"{key}.purpose"))
    return place


@contextmanager
def boundary(key: str) -> Iterator[None]:
    """Turn an error of the body into a sentence; fragments put one of their own around themselves."""
    try:
        yield
    except TierdeskError as error:
        tell(error)
        if error.code.startswith(("LINK", "SNAPSHOT", "STANDARD-09", "RUN-00")):
            links.go(Link(key), say("frame.start_again"), icon=":material/refresh:")
        st.stop()
    except Exception as error:  # noqa: BLE001 - the last boundary: a page shows a sentence, never a trace
        tell_unforeseen(error)
        st.stop()


def tell(error: TierdeskError) -> None:
    """An error that a user can mend: what happened, what to do, its code; every fault where it holds several."""
    faults = [fault.to(session.language()) for fault in getattr(error, "faults", ())]
    listed = "".join(f"\n- {plain(fault)}" for fault in faults) if len(faults) > 1 else ""
    words = [plain(to(error.message)), plain(to(error.hint)), listed, f"`{error.code}`"]
    st.error("\n\n".join(each for each in words if each), icon=":material/error:")


def tell_unforeseen(error: BaseException) -> bool:
    """Anything else: a calm sentence with an incident's number; places and types go to the log, values do not."""
    incident = clock.new_id()
    LOG.error("incident %s: %s", incident, _trace(error))
    st.error(say("frame.incident", incident=incident), icon=":material/error:")
    return True


def empty(words: str, link: Link | None = None, label: str = "") -> None:
    """Say that there is nothing yet, and what would be the next step."""
    with st.container(border=True):
        st.markdown(words)
        if link is not None:
            links.go(link, label, icon=":material/arrow_forward:")


def plain(words: str) -> str:
    """Words that may repeat a user's own text, on one line, with nothing in them that Markdown would act on."""
    found = FOUND.sub(rf"\g<0>{JOINER}", " ".join(words.split()))
    return FIRST.sub(r"\1\\\2", SIGNS.sub(r"\\\g<0>", found))


def _about(here: Context) -> None:
    snapshot, head = here.snapshot, here.standard.standard
    facts = {
        "period": snapshot.period,
        "as_of": day(snapshot.as_of),
        "customers": count(snapshot.n_accepted),
        "revision": snapshot.revision,
        "version": head.version,
        "hash": here.standard_hash[:8],
    }
    since = say("frame.since", date=day(here.since.effective)) if here.since else say("frame.never_law")
    with st.container(horizontal=True, gap="small"):
        st.badge(say("frame.about_snapshot", **facts), icon=":material/database:", color="gray")
        st.badge(f"{say('frame.about_standard', **facts)}{since}", icon=":material/gavel:", color="gray")


def _trace(error: BaseException) -> str:
    """Type and places of an error, without its message: that may hold a customer's data."""
    places, step = [], error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return f"{type(error).__name__} at {' > '.join(places)}"
