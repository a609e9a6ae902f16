"""When an article was published and changed, as its page says: the most trusted place speaks, others confirm it."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct
from msgspec.structs import replace

from diurna.extract.dates_body import body_evidence, other_days
from diurna.extract.dates_forms import Moment, month_first
from diurna.extract.dates_places import Evidence, address_evidence, declared_evidence, title_evidence
from diurna.extract.dates_words import home_minutes
from diurna.extract.linked_data import Linked, same_name
from diurna.extract.page_marks import Marks
from diurna.model import Dating

__all__ = ["Dates", "day_of_address", "read_dates"]

_EARLIEST = datetime(1600, 1, 1, tzinfo=UTC)
_EPOCH = date(1970, 1, 1)
_LONGEST_WRITTEN = 80
# Shares of right days on the 617 pages of the set pubdate/htmldate, both halves together (279 of them in two or more
# kinds of place: 95 to 97 of 100; its labels are not always the first day): linked data alone 0.90, meta elements alone
# 0.94, time elements and microdata 0.96, text near the title 0.93, the address alone 6 of 6, htmldate 18 of 25 in the
# places it knows and 8 of 13 anywhere.
_AGREED = 0.97
_ALONE = {"json-ld": 0.9, "meta": 0.94, "time": 0.96, "itemprop": 0.94, "abbr": 0.94, "text": 0.93, "address": 0.95}
_LOOSE = {"htmldate": 0.7, "guess": 0.5}
_LOOSEST = 0.7  # 6 of 7
_CHANGE_ONLY = 0.5
# These lower it by judgement, not measurement: day and month may have changed places; a time may be off by its zone.
_DOUBTFUL = 0.6
_NO_ZONE = 0.97


class Dates(Struct, frozen=True):
    """When an article was published and changed. `day` is that of publication on the publisher's own calendar.

    Where nothing tells the time of publication but what lies in the future, `ahead` is that, as it was written.
    """

    published: Dating | None = None
    modified: Dating | None = None
    day: date | None = None
    ahead: str = ""


def read_dates(  # noqa: PLR0913  # what a page is read with, and how thoroughly
    root: etree._Element, marks: Marks, linked: Linked, url: str, latest: datetime, *, thorough: bool = True
) -> Dates:
    """Read the times of publication and change; nothing after `latest` is believed.

    What the page declares is read first; its elements and text only where that tells no day, and where these tell
    none either, htmldate is asked if the reading is `thorough`.
    """
    american = month_first(marks.language)
    declared = list(declared_evidence(marks, linked, american))
    evidence = [one for one in declared if _possible(one.moment, latest)]
    addresses = (
        address_evidence(one) for one in (url, marks.links.get("canonical", ""), *marks.meta("og:url")[:1]) if one
    )
    address = next((one for one in addresses if one is not None and _possible(one.moment, latest)), None)
    if not any(not one.changed and not one.loose for one in evidence):
        titles = frozenset(same_name(text) for text in [*marks.meta("og:title"), marks.title]) - {""}
        shown = [*body_evidence(root, titles, american), *title_evidence(marks.title, american)]
        evidence += [one for one in shown if _possible(one.moment, latest)]
    chosen = _choose(evidence, address)
    modified = _zoned([one for one in evidence if one.changed])
    if chosen is None and thorough:
        chosen = _searched(root, url, latest)
    if chosen is None and modified is not None:
        chosen, modified = replace(modified, loose=True), None
    if chosen is None:
        return Dates(ahead=next((one.moment.written for one in declared if one.moment.time > latest), ""))
    if modified is not None and modified.moment.time < chosen.moment.time:
        modified = None
    sources = [*(one for one in evidence if not one.changed), *([address] if address else [])]
    return Dates(
        _dating(chosen, _agreeing(chosen, sources)),
        _dating(modified, 1) if modified else None,
        _home_day(chosen, address, url, marks),
    )


def day_of_address(url: str, latest: datetime) -> Dating | None:
    """The day of publication that an address names, for an article that comes without one."""
    evidence = address_evidence(url)
    return _dating(evidence, 1) if evidence is not None and _possible(evidence.moment, latest) else None


def _choose(evidence: list[Evidence], address: Evidence | None) -> Evidence | None:
    """The evidence of publication that counts.

    An address that names a day is held to be right where declarations are days apart from it: a page that moved has new
    times and its old address (by judgement: of 94 pages of the set extraction/trafilatura with both, 2 are so, one
    each way). Of two declarations days apart, that of Open Graph counts (right on 4 of 4 such pages there).
    """
    published = [one for one in evidence if not one.changed and not one.loose]
    loose = [one for one in evidence if not one.changed and one.loose]
    if address is not None:
        near = [one for one in [*published, *loose] if _apart(one, address) <= 1]
        return _zoned(near) or address
    if not published:
        return loose[0] if loose else None
    first = published[0]
    if first.place.startswith("json-ld"):
        other = next((one for one in published if one.place == "meta article:published_time"), first)
        first = other if _apart(other, first) > 1 else first
    return _zoned([first, *(one for one in published if _apart(one, first) <= 1)])


def _zoned(evidence: list[Evidence]) -> Evidence | None:
    """The first of several pieces of evidence; one that names its zone is better if it lies within a day of it."""
    if not evidence:
        return None
    near = (one for one in evidence if one.moment.zoned and _apart(one, evidence[0]) <= 1)
    return evidence[0] if evidence[0].moment.zoned else next(near, evidence[0])


def _apart(one: Evidence, other: Evidence) -> int:
    return abs((one.moment.day - other.moment.day).days)


def _agreeing(chosen: Evidence, sources: list[Evidence]) -> int:
    """In how many kinds of place the chosen day stands: linked data, meta elements, the address, the body."""
    kinds = {one.place.partition(" ")[0] for one in sources if _apart(one, chosen) <= 1}
    return len(kinds | {chosen.place.partition(" ")[0]})


def _home_day(chosen: Evidence, address: Evidence | None, url: str, marks: Marks) -> date:
    """Day of a moment on the publisher's calendar: the address's, else that of the clock at its place."""
    moment = chosen.moment
    if address is not None and abs((address.moment.day - moment.day).days) <= 1:
        return address.moment.day
    if moment.granularity == "day" or not moment.zoned or moment.day != moment.time.date():
        return moment.day
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    minutes = home_minutes(host, marks.language, moment.day)
    if minutes is None or not (moment.written.endswith("Z") or "+00" in moment.written):
        return moment.day
    return (moment.time + timedelta(minutes=minutes)).date()


def _possible(moment: Moment, latest: datetime) -> bool:
    return _EARLIEST <= moment.time <= latest and moment.day != _EPOCH


def _dating(evidence: Evidence, agreeing: int) -> Dating:
    moment = evidence.moment
    kind = evidence.place.partition(" ")[0]
    sureness = _ALONE.get(kind, 0.9)
    if evidence.changed and evidence.loose:
        sureness = _CHANGE_ONLY
    elif evidence.loose:
        sureness = _LOOSE.get(kind, _LOOSEST)
    elif agreeing > 1:
        sureness = _AGREED
    sureness *= (_DOUBTFUL if moment.doubtful and agreeing < 2 else 1.0) * (
        1.0 if moment.zoned or moment.granularity == "day" else _NO_ZONE
    )
    written = moment.written[:_LONGEST_WRITTEN]
    return Dating(moment.time, moment.granularity, evidence.place, written, round(sureness, 2))


def _searched(root: etree._Element, url: str, latest: datetime) -> Evidence | None:
    """What htmldate finds: first in the places it knows, then anywhere on the page. Of a year alone it makes a day."""
    from htmldate import find_date  # it takes time that few pages need

    # Of a string, htmldate would fetch the address that it may hold.
    page = deepcopy(root) if isinstance(root, HtmlElement) else etree.tostring(root, encoding="utf-8", method="html")
    if isinstance(page, HtmlElement):
        for element in page.iter("a"):
            element.attrib.pop("href", None)  # the day in another page's address is that page's
    for place, extensive in (("htmldate", False), ("guess htmldate", True)):
        try:
            text = find_date(page, extensive_search=extensive, original_date=True, url=url, max_date=latest)
            time = datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return None
        guessed = extensive and time is not None and (time.month, time.day) == (1, 1)
        if time is not None and not guessed and time.date() not in other_days(root, american=False):
            return Evidence(Moment(time, time.date(), "day", text or "", 0), place, loose=True)
    return None
