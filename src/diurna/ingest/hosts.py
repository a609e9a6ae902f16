"""How a host fares: when it may be asked next, and when it counts as dead.

The circuit is the one of M. Nygard, Release It! (2007): closed, open after faults in a row, and half open once its time
is over, when one request decides.
"""

from datetime import datetime, timedelta

import msgspec
from yarl import URL

from diurna.ingest.fetch_settings import FetchSettings
from diurna.ingest.fetched import HostState

__all__ = ["after_answer", "after_fault", "free_at", "host_of", "is_open", "rest"]


def host_of(url: URL) -> str:
    """Name a host as its state is kept: in lower case, with its port where that is not the scheme's own.

    Doctest:
        >>> host_of(URL("https://News.example:443/a")), host_of(URL("http://news.example:8080/"))
        ('news.example', 'news.example:8080')
    """
    host = (url.host_subcomponent or "").lower().rstrip(".")
    return host if url.is_default_port() else f"{host}:{url.port}"


def is_open(state: HostState, now: datetime) -> bool:
    """Whether the host counts as dead for now."""
    return state.open_until is not None and now < state.open_until


def free_at(state: HostState, now: datetime) -> datetime:
    """When the host may be asked; `now` where nothing stands against it."""
    return max(filter(None, (state.next_at, state.open_until, now)))


def after_answer(state: HostState) -> HostState:
    """The host answered: it lives."""
    return msgspec.structs.replace(state, failures=0, open_until=None)


def after_fault(state: HostState, settings: FetchSettings, now: datetime) -> HostState:
    """The host did not answer, or not as it should: count it, and open the circuit when it is enough."""
    failures = state.failures + 1
    over = failures - settings.failures_to_open
    until = None
    if over >= 0:
        # More than 30 doublings would not fit the calendar.
        until = now + timedelta(seconds=min(settings.max_open, settings.open_for * 2.0 ** min(over, 30)))
    return msgspec.structs.replace(state, failures=failures, open_until=until)


def rest(state: HostState, seconds: float, now: datetime) -> HostState:
    """Leave the host alone for a while; a longer rest that was agreed before stays."""
    until = now + timedelta(seconds=seconds)
    return msgspec.structs.replace(state, next_at=max(until, state.next_at or until))
