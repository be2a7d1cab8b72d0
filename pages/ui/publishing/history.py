"""What has been law, is law and will be; and whether rules.toml says the same."""

import pandas as pd
import streamlit as st

from analytics import clock
from analytics.desks import publishing
from analytics.desks.publishing import InForce
from analytics.store.standards import Publication
from pages.ui import cached, links
from pages.ui.draft import restricted, sketch
from pages.ui.draft.change_list import change_list
from pages.ui.links import Link
from pages.ui.pickers import Context
from pages.ui.tables import table
from pages.ui.words import day, moment, say, who


def publication_history(here: Context) -> None:
    """The publications, one of them opened, and the file."""
    house = cached.house()
    law, every = publishing.in_force(house), publishing.history(house)
    _file(law, here)
    headers = {
        "version": say("publish.version"),
        "state": say("publish.state"),
        "effective": say("publish.effective"),
        "published_at": say("publish.published_at"),
        "published_by": say("publish.published_by"),
        "hash": say("publish.hash"),
    }
    rows = [
        [
            _version(each),
            say(f"publish.{state_of(each, law)}"),
            day(each.effective),
            moment(each.published_at),
            who(each.published_by),
            each.standard_hash[:12],
        ]
        for each in every
    ]
    table(pd.DataFrame(rows, columns=list(headers)), headers)
    _opened(every, here)


def state_of(publication: Publication, law: InForce) -> str:
    """How a publication stands to the law of today."""
    if publication.serial == law.publication.serial:
        return "in_force"
    return "scheduled" if publication.effective > clock.today() else "superseded"


def _opened(every: list[Publication], here: Context) -> None:
    """One version: its changes, its file, and the bench on it."""
    house = cached.house()
    with st.container(border=True, key="publish_version"):
        serials = {each.serial: each for each in every}
        versions = {serial: _version(each) for serial, each in serials.items()}
        serial = st.selectbox(
            say("publish.choose_version"),
            list(serials),
            format_func=versions.__getitem__,
            key="publish.serial",
            width=240,
        )
        chosen = serials[serial]
        earlier = serials.get(serial - 1)
        if earlier is None:
            st.markdown(say("publish.first_version"))
        else:
            between = (house.standard(earlier.standard_hash), house.standard(chosen.standard_hash))
            changes = publishing.changes(house, earlier.standard_hash, chosen.standard_hash)
            changes = tuple(each for each in changes if not each.path.startswith("standard."))
            st.markdown(f"**{say('publish.since_before', version=_version(earlier), n=len(changes))}**")
            change_list(changes, between=between, key=f"publish.since.{serial}", nothing=say("publish.same"))
        with st.container(horizontal=True, vertical_alignment="center"):
            _download(chosen)
            link = Link("bench", here.snapshot.snapshot_id, chosen.standard_hash)
            links.go(link, say("publish.look_on_bench"), icon=":material/tune:")


def _download(publication: Publication) -> None:
    """The text of a version, or who may have it."""
    house = cached.house()
    if restricted.hides_text(house.standard(publication.standard_hash)):
        st.markdown(f":small[{say('frame.restricted_text')}]", width="stretch")
        return
    st.download_button(
        say("publish.download"),
        house.stored(publication.standard_hash).source,
        file_name=f"rules-{_version(publication)}.toml",
        mime="text/plain",
        icon=":material/download:",
        on_click="ignore",
        key="publish.download",
    )


def _file(law: InForce, here: Context) -> None:
    """How rules.toml stands to the law, and what to do where somebody has edited it."""
    found = publishing.settle(cached.house())
    words = say(f"publish.file_{found.state}", version=law.standard.standard.version)
    if found.state == "unwritten":
        st.warning(words, icon=":material/warning:")
        return
    if found.state != "edited":
        st.success(words, icon=":material/check_circle:") if found.state == "written" else st.markdown(
            f":small[:material/check_circle: {words}]"
        )
        return
    st.warning(words, icon=":material/edit_document:")
    if st.button(say("publish.file_open"), icon=":material/open_in_new:", key="publish.open_file"):
        baseline = publishing.last_published(cached.house()).publication.standard_hash
        sketch.open_text(baseline, found.text)
        links.jump(Link("bench", here.snapshot.snapshot_id, baseline))


def _version(publication: Publication) -> str:
    return cached.house().standard(publication.standard_hash).standard.version
