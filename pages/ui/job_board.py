"""Background work on the screen: how far it is, a way to stop it, and how it ended."""

import streamlit as st

from analytics.desks.runs.jobs import Job
from pages.ui import cached, frame
from pages.ui.words import say, to

EVERY = 1.0
"""Seconds between two looks at work that is going on."""
SHOWN = 3
"""Finished pieces of work that stay on the screen."""
ICONS = {"done": ":material/check_circle:", "failed": ":material/error:", "cancelled": ":material/cancel:"}


def draw() -> None:
    """Show the work of this process; while some is going on the board looks again every second."""
    st.fragment(_board, run_every=EVERY if _active() else None)(_active())


def _active() -> bool:
    return any(not job.is_over for job in cached.jobs().every())


def _board(was_active: bool) -> None:  # noqa: FBT001 - a fragment's arguments are positional
    with frame.boundary("runs"):
        jobs = cached.jobs().every()
        for job in reversed([each for each in jobs if not each.is_over]):
            _going_on(job)
        for job in [each for each in jobs if each.is_over][:SHOWN]:
            _over(job)
    if was_active and not _active():
        st.rerun()


def _going_on(job: Job) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap="xsmall"):
            st.markdown(f"**{to(job.title)}**")
            st.progress(min(1.0, max(0.0, job.share)), text=f"{to(job.words)} · {round(100 * job.share)}%")
        if st.button(say("frame.cancel"), key=f"cancel.{job.job_id}", icon=":material/stop_circle:"):
            job.stop()


def _over(job: Job) -> None:
    if job.error is None or job.state == "cancelled":
        st.markdown(f"{ICONS[job.state]} {to(job.title)} · {say(f'frame.job_{job.state}')}")
    else:
        st.markdown(f"{ICONS['failed']} {to(job.title)} · {say('frame.job_failed')}")
        frame.tell(job.error)
