"""Where time and ids come from; nothing else reads the clock or draws an id."""

import datetime
import os
import secrets

TODAY_VARIABLE = "TIERDESK_TODAY"
"""Environment variable that sets the business date, for rehearsals and tests (``2026-01-01``)."""


def now() -> datetime.datetime:
    """The moment, in UTC, to the microsecond."""
    return datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    """The business date: local, unless :data:`TODAY_VARIABLE` sets it."""
    stated = os.environ.get(TODAY_VARIABLE)
    if stated:
        return datetime.date.fromisoformat(stated)
    return datetime.datetime.now().astimezone().date()


def new_id() -> str:
    """Twelve random hexadecimal digits: enough to tell acts of one house apart."""
    return secrets.token_hex(6)
