"""What `diurna correct` makes of a wish that a report be in another event, in none of its present one, or stay."""

from typing import TYPE_CHECKING

from diurna.cli.correct import Wish, decided, open_event, split_entries
from diurna.cli.show import found_report
from diurna.errors import ConfigurationError
from diurna.group.membership import Membership, apart_event, founded_by_report
from diurna.model import Event, Judgement, Ref, Report

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["detach_report", "move_report", "pin_event", "pin_report", "split_event"]


def move_report(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Put a report into an event, whatever speaks against it; later evidence does not take it out again."""
    report = _standing(chronicle, ref)
    if len(wish.others) != 1 or wish.others[0].kind != "event":
        raise ConfigurationError("an article is moved into one event; give its reference.")
    event = open_event(chronicle, wish.others[0])
    this, membership = f"article:{report.id}", Membership(chronicle.store.facts)
    if membership.report_home(report.id) == event.id:
        raise ConfigurationError(f"{this} is in event:{event.id} already{_kept(membership, report)}")
    return [decided(this, "belongs", f"event:{event.id}", wish)]


def detach_report(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Take a report out of its event, so that it joins the next best one, or founds one of its own."""
    report = _standing(chronicle, ref)
    if len(wish.others) > 1 or any(other.kind != "event" for other in wish.others):
        raise ConfigurationError("an article is detached from one event; give its reference, or leave it out.")
    this, membership = f"article:{report.id}", Membership(chronicle.store.facts)
    own, home = membership.report_event(report.id), membership.report_home(report.id)
    if own is None or home is None:
        raise ConfigurationError(f"{this} is in no event{_because(report)}. There is nothing to detach it from.")
    if wish.others and wish.others[0].id not in (own, home):
        raise ConfigurationError(
            f"{this} is not in {wish.others[0]}, but in event:{home}; nothing was changed. "
            f"To take it out of that one: `diurna correct detach {this}`."
        )
    event = chronicle.store.views.event(home)
    if event is not None and len(event.members) == 1:
        raise ConfigurationError(
            f"{this} is all that event:{home} has, so there is nothing to detach it from. Put it into another "
            f"with `diurna correct move {this} EVENT`."
        )
    return [decided(this, "apart", f"event:{own}", wish)]


def pin_report(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Keep a report in the event where it is, whatever else comes to light."""
    report = _standing(chronicle, ref)
    this, membership = f"article:{report.id}", Membership(chronicle.store.facts)
    own, home = membership.report_event(report.id), membership.report_home(report.id)
    if own is None:
        raise ConfigurationError(
            f"{this} is in no event{_because(report)}. Put it into one with `diurna correct move {this} EVENT`."
        )
    if _is_pinned(membership, report.id):
        raise ConfigurationError(f"{this} is in event:{home} already{_kept(membership, report)}")
    return [decided(this, "belongs", f"event:{own}", wish)]


def pin_event(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Keep all reports that an event has now where they are."""
    event = open_event(chronicle, ref)
    reports = _reports(event)
    if not reports:
        raise ConfigurationError(
            f"event:{event.id} has no reports, and no score moves entries of lists; there is nothing to pin."
        )
    membership = Membership(chronicle.store.facts)
    loose = [report for report in reports if not _is_pinned(membership, report)]
    if not loose:
        raise ConfigurationError(f"all {len(reports):,} reports of event:{event.id} are pinned; nothing was changed.")
    # Its own event, which a person may have merged into this one: should that be taken back, it goes with its own.
    own = {report: membership.report_event(report) or event.id for report in loose}
    return [decided(f"article:{report}", "belongs", f"event:{own[report]}", wish) for report in loose]


def split_event(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Make an event of some of an event's reports, founded by the first of them; or part entries, each to its own."""
    if not any(other.kind == "article" for other in wish.others):
        return split_entries(chronicle, ref, wish)
    if any(other.kind != "article" for other in wish.others):
        raise ConfigurationError(
            "articles become one event together, and entries each an event of its own: split them off one after the "
            "other, `diurna correct split EVENT ARTICLE...` and `diurna correct split EVENT ENTRY...`."
        )
    event = open_event(chronicle, ref)
    reports = list(dict.fromkeys(_standing(chronicle, other).id for other in wish.others))
    here = _reports(event)
    strangers = [f"article:{report}" for report in reports if report not in here]
    if strangers:
        listed = ", ".join(f"article:{report}" for report in here) or "none"
        raise ConfigurationError(
            f"{', '.join(strangers)} is not in event:{event.id}. Its reports are: {listed}. "
            "`diurna show EVENT` lists them with their titles."
        )
    if len(reports) == len(event.members):
        raise ConfigurationError(f"nothing would be left of event:{event.id}; leave one of its reports where it is.")
    membership = Membership(chronicle.store.facts)
    own = {report: membership.report_event(report) or event.id for report in here}
    parts = {own[report] for report in reports}
    if (
        len(parts) == 1
        and event.id not in parts
        and [one for one in here if own[one] in parts] == sorted(reports, key=here.index)
    ):
        raise ConfigurationError(
            f"these articles are all of event:{parts.pop()}, which a person merged into event:{event.id}. Retract that "
            f"merge instead: `diurna correct list event:{event.id}` has its judgement."
        )
    new = _free_event(chronicle, membership, reports, event)
    # Later evidence would let those that stay follow, if they are like them; so it is said of each that it does not.
    staying = [report for report in here if report not in reports and not _is_pinned(membership, report)]
    apart = [decided(f"article:{report}", "apart", f"event:{new}", wish) for report in staying]
    return [*(decided(f"article:{report}", "belongs", f"event:{new}", wish) for report in reports), *apart]


# ------------------------------------------------------------------------------------------------ inner parts


def _standing(chronicle: "Chronicle", ref: Ref) -> Report:
    """A report that can be in an event.

    Raises:
        ConfigurationError: there is none, or it was erased.
    """
    report, _ = found_report(chronicle, ref)
    if report.status == "erased":
        raise ConfigurationError(f"article:{report.id} was erased; nothing is left of it that could be in an event.")
    return report


def _free_event(chronicle: "Chronicle", membership: Membership, reports: list[str], event: Event) -> str:
    """The event that some reports of another have from now on: that of the first which has one to give.

    Raises:
        ConfigurationError: none has; what they founded is taken, or merged into the event that they are in.
    """
    for new in (*map(founded_by_report, reports), *map(apart_event, reports)):
        there = chronicle.store.views.event(new)
        taken = there is not None and there.status != "merged"
        if not taken and membership.merged_into(new) != event.id and new != event.id:
            return new
    raise ConfigurationError(
        f"these articles founded events that others are in, or that were merged into event:{event.id}. Retract that "
        f"merge, `diurna correct list event:{event.id}` has it, or move them: `diurna correct move ARTICLE EVENT`."
    )


def _reports(event: Event) -> list[str]:
    members = (member.ref.partition(":") for member in event.members)
    return [identifier for kind, _, identifier in members if kind == "article"]


def _is_pinned(membership: Membership, report: str) -> bool:
    judgement = membership.report_judgement(report)
    return judgement is not None and judgement.by_person


def _kept(membership: Membership, report: Report) -> str:
    """How surely a report stays where it is, as the end of a sentence."""
    judgement = membership.report_judgement(report.id)
    if judgement is not None and judgement.by_person:
        by = judgement.by.removeprefix("person:")
        return f": {by} decided so (judgement:{judgement.id}). Nothing was changed."
    return f". To keep it there, whatever comes: `diurna correct pin article:{report.id}`."


def _because(report: Report) -> str:
    return f": it is of the kind `{report.genre}`, {report.genre_because}" if report.genre != "report" else ""
