"""What `show EVENT --claims` and `explain FINDING` say: who states what of an event, and by which rule it agrees."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING

from diurna.cli.console import Answer, Block, Lines, Marked, Pairs, Table
from diurna.cli.grounds import title_of
from diurna.cli.show import filled, found_report, view_of_event
from diurna.errors import ConfigurationError
from diurna.group.membership import Membership
from diurna.model import Article, Claim, Event, Finding, Ref, Span, Stated, Step

if TYPE_CHECKING:
    from diurna.publish.readings import Readings
    from diurna.runners import Chronicle

__all__ = ["claims_as_csv", "compare_reports", "explain_finding", "moment", "show_findings"]


def show_findings(chronicle: "Chronicle", ref: Ref, as_of: datetime | None = None) -> Answer:
    """What is claimed of an event, by whom, on whose word, and whether it agrees; what is in dispute first;
    of a time, as it was known then.
    """
    from diurna.publish.finding_sections import SIGNS, finding_name, ordered
    from diurna.publish.readings import Readings
    from diurna.reconcile.states import RULES

    if ref.kind != "event":
        raise ConfigurationError(
            f"{ref}: `--claims` is for events; `diurna show {ref}` shows the claims of an article."
        )
    event = view_of_event(chronicle, ref)
    found = ordered(_findings(chronicle, event, Readings(chronicle.store.views, chronicle.store), as_of))
    rows = []
    for one in found:
        for number, said in enumerate(one.statements):
            rows.append(
                (
                    finding_name(one) if not number else "",
                    f"{SIGNS[one.state]} {one.state}" if not number else "",
                    said.words + _mark(said),
                    said.origin,
                    said.outlet,
                    _minute(said.at),
                    f"finding:{one.id}" if not number else "",
                )
            )
    head = ("what", "state", "as printed", "on whose word", "reported by", "published", "reference")
    blocks: list[Block] = [Lines([], title=event.headline), *filled(Table(head, rows, "Who says what"))]
    if not rows:
        blocks.append(Lines(["No report of this event gives a figure, a time or a place that was understood."]))
    data = {
        "ref": f"event:{event.id}",
        "findings": [{"finding": one, "because": RULES[one.rule][1]} for one in found],
    }
    return Answer(data, blocks)


_COLUMNS = (
    *("finding", "attribute", "group", "state", "rule", "claim", "words", "lower", "upper", "unit", "origin", "chain"),
    *("outlet", "article", "published", "denied", "outlier", "genre", "sentence"),
)


def claims_as_csv(chronicle: "Chronicle", ref: Ref, as_of: datetime | None = None) -> str:
    """The statements of an event's findings, one a row; bounds of times are in UTC."""
    from diurna.publish.finding_sections import ordered
    from diurna.publish.readings import Readings

    event = _event(chronicle, ref)
    table = StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in ordered(_findings(chronicle, event, Readings(chronicle.store.views, chronicle.store), as_of)):
        for said in one.statements:
            writer.writerow(
                (
                    f"finding:{one.id}",
                    one.attribute,
                    one.group,
                    one.state,
                    one.rule,
                    f"claim:{said.claim}",
                    said.words,
                    *(_plain(bound, one) for bound in (said.lower, said.upper)),
                    one.unit,
                    said.origin,
                    " < ".join((said.outlet, *said.voices)),
                    said.outlet,
                    f"{said.kind}:{said.report}",
                    said.at.isoformat() if said.at is not None else "",
                    "yes" if said.denied else "",
                    "yes" if said.outlier else "",
                    said.genre,
                    said.sentence,
                )
            )
    return table.getvalue()


def _mark(said: Stated) -> str:
    """What is told of a statement beside its words."""
    doubt = " (denied)" if said.denied else " (looks mistyped)" if said.outlier else ""
    return f"{doubt} ({said.genre})" if said.genre else doubt


def _plain(bound: float | None, finding: Finding) -> str:
    """A bound as machines read it."""
    if bound is None:
        return ""
    return datetime.fromtimestamp(bound, UTC).isoformat() if finding.kind == "time" else f"{bound:.12g}"


def explain_finding(chronicle: "Chronicle", ref: Ref) -> Answer:
    """A finding: its statements in their sentences, what each was taken to mean, how well each fits the others, and the
    rule that named its state.
    """
    from diurna.publish.finding_sections import SIGNS, finding_name
    from diurna.publish.readings import Readings
    from diurna.reconcile.align import BAR, alignment, said_of
    from diurna.reconcile.states import RULES

    readings = Readings(chronicle.store.views, chronicle.store)
    finding = _found(chronicle, ref, readings)
    articles, claims = _sources(chronicle, finding)
    said = [said_of(claims[one.claim], articles[one.claim], one.report, one.outlet) for one in finding.statements]
    facts = [
        ("reference", f"finding:{finding.id}"),
        ("event", f"event:{finding.event}"),
        ("state", f"{SIGNS[finding.state]} {finding.state}"),
        ("because", f"{RULES[finding.rule][1]} (rule {finding.rule})"),
        ("origins", f"{len(finding.origins)}: {', '.join(finding.origins)}"),
        ("first said", _step(finding, finding.history[0]) if finding.history else ""),
        ("then", "; ".join(f"{_step(finding, step)} → {step.state} ({step.rule})" for step in finding.history[1:])),
        ("reports", f"{finding.reports:,}"),
        ("compared in", finding.unit or ("UTC" if finding.kind == "time" else "")),
    ]
    blocks: list[Block] = [Pairs(facts, title=finding_name(finding))]
    rows, marked = [], []
    for number, stated in enumerate(finding.statements):
        own = said[number]
        others = [other for other in said[:number] if other is not None]
        fits = [alignment(own, other) for other in others] if own is not None else []
        rows.append(
            (
                stated.words,
                _bounds(stated, finding),
                " ← ".join((stated.outlet, *stated.voices)),
                stated.origin,
                _minute(stated.at),
                f"{sum(fits) / len(fits):.2f}" if fits else "",
                f"claim:{stated.claim}",
            )
        )
        marked.append(_sentence(articles[stated.claim], claims[stated.claim]))
    head = ("as printed", "means", "chain", "origin", "published", "fits", "reference")
    blocks.append(Table(head, rows, "Statements"))
    blocks.append(Lines([f"“fits” is the mean likeness to the statements before it; {BAR:.2f} is asked for."]))
    blocks.append(Marked(marked))
    return Answer({"ref": f"finding:{finding.id}", "finding": finding, "because": RULES[finding.rule][1]}, blocks)


def compare_reports(chronicle: "Chronicle", ref: Ref, wanted: Sequence[Ref]) -> Answer:
    """What each report of an event states that no other does, and what others state that it lacks.

    Raises:
        ConfigurationError: the reference is none of an event, or an article is not in it.
    """
    from diurna.publish.finding_sections import finding_name, ordered
    from diurna.publish.readings import Readings

    if ref.kind != "event" or any(one.kind != "article" for one in wanted):
        raise ConfigurationError("one event is compared, and of it all articles or those that are named.")
    event = view_of_event(chronicle, ref)
    here = [one.ref.partition(":")[2] for one in (*event.members, *event.also) if one.ref.startswith("article:")]
    asked = [found_report(chronicle, one)[0].id for one in wanted] or here
    strangers = ", ".join(f"article:{one}" for one in asked if one not in here)
    if strangers:
        hint = f"`diurna show event:{event.id}` lists its articles."
        raise ConfigurationError(f"{strangers}: not of event:{event.id}; {hint}")
    found = ordered(_findings(chronicle, event, Readings(chronicle.store.views, chronicle.store)))
    blocks: list[Block] = [Lines([], title=event.headline)]
    data = []
    for report in asked:
        own = [one for one in found if {stated.report for stated in one.statements} == {report}]
        lacking = [one for one in found if one.reports > 1 and report not in {said.report for said in one.statements}]
        rows = [("only here", finding_name(one), _said(one), f"finding:{one.id}") for one in own]
        rows += [("not here", finding_name(one), _said(one), f"finding:{one.id}") for one in lacking]
        title = title_of(chronicle, f"article:{report}")
        blocks += filled(Table(("", "what", "as printed", "reference"), rows, title))
        if not rows:
            blocks.append(Lines(["It states what the others state, and nothing else that is compared."], title))
        data.append({"article": f"article:{report}", "only_here": own, "not_here": lacking})
    return Answer({"ref": f"event:{event.id}", "reports": data}, blocks)


def _said(one: Finding) -> str:
    """The different ways in which a value was printed, the first few."""
    words = list(dict.fromkeys(stated.words for stated in one.statements))
    return " / ".join(words[:_WAYS]) + (f" and {len(words) - _WAYS} more" if len(words) > _WAYS else "")


_WAYS = 4


# ------------------------------------------------------------------------------------------------ inner parts


def _event(chronicle: "Chronicle", ref: Ref) -> Event:
    """The event whose claims are asked for.

    Raises:
        ConfigurationError: the reference is none of an event.
    """
    if ref.kind != "event":
        raise ConfigurationError(f"{ref}: `--claims` is for events; of an article `diurna show` lists them anyway.")
    return view_of_event(chronicle, ref)


def _findings(
    chronicle: "Chronicle", event: Event, readings: "Readings", as_of: datetime | None = None
) -> tuple[Finding, ...]:
    from diurna.publish.event_findings import event_findings
    from diurna.publish.event_members import standings
    from diurna.publish.site_settings import SiteSettings

    members = (*event.members, *event.also)
    told = standings(event, members, chronicle.store.views, readings, SiteSettings())
    return event_findings(event, told, readings, as_of)


def _found(chronicle: "Chronicle", ref: Ref, readings: "Readings") -> Finding:
    """The finding that a claim belongs to, in one of the events that its report tells of."""
    for event in _events_of(chronicle, ref, readings):
        for finding in _findings(chronicle, event, readings):
            if any(stated.claim == ref.id for stated in finding.statements):
                return finding
    raise ConfigurationError(
        f"{ref}: this claim gives no value that is compared with others; `diurna show claim:{ref.id}` shows it."
    )


def _events_of(chronicle: "Chronicle", ref: Ref, readings: "Readings") -> list[Event]:
    """The events that the report or the entry tells of in which a claim stands."""
    views = chronicle.store.views
    read = views.article_of(ref.id)
    if read is None:
        return []
    report = views.report_of(read)
    if report is not None:
        return [event for event, _ in readings.places(report)]
    home = Membership(chronicle.store.facts).home_of(read)
    event = views.event(home) if home is not None else None
    return [event] if event is not None else []


def _sources(chronicle: "Chronicle", finding: Finding) -> tuple[dict[str, Article], dict[str, Claim]]:
    """Article and claim of each statement, by the claim's id."""
    articles: dict[str, Article] = {}
    claims: dict[str, Claim] = {}
    for stated in finding.statements:
        identifier = chronicle.store.views.article_of(stated.claim)
        article = chronicle.pipeline.understanding.text(identifier) if identifier is not None else None
        annotation = chronicle.pipeline.understanding.of(identifier) if identifier is not None else None
        if article is not None and annotation is not None:
            articles[stated.claim] = article
            claims[stated.claim] = next(claim for claim in annotation.claims if claim.id == stated.claim)
    return articles, claims


def _sentence(article: Article, claim: Claim) -> list[tuple[str, tuple[str, ...]]]:
    """The sentence of a claim, with the words that give its value marked."""
    whole, text = claim.sentence, article.text
    value = claim.measured or (claim.content[0] if claim.content else Span(whole.end, whole.end))
    parts = (
        (text[whole.start : value.start], ()),
        (text[value.start : value.end], ("quantity",)),
        (text[value.end : whole.end], ()),
    )
    return [(part, marks) for part, marks in parts if part]


def _bounds(stated: Stated, finding: Finding) -> str:
    if finding.kind == "words":
        return ""
    ends = [_end(value, finding) for value in (stated.lower, stated.upper)]
    if ends[0] == ends[1]:
        return ends[0]
    return f"{ends[0] or '…'} to {ends[1] or '…'}"


def _end(value: float | None, finding: Finding) -> str:
    if value is None:
        return ""
    if finding.kind == "time":
        return _minute(datetime.fromtimestamp(value, UTC))
    return f"{value:,.6g} {finding.unit}".strip()


def _step(finding: Finding, step: Step) -> str:
    """A statement that changed something: when, its words, on whose word."""
    said = next(one for one in finding.statements if one.claim == step.claim)
    return " ".join(filter(None, (_minute(step.at), said.words, f"({said.origin})")))


def moment(words: str) -> datetime:
    """A time as people write it (`2017-05-22`, `2017-05-22T12:00Z`): in UTC where no zone is given, of a day its end.

    Raises:
        ConfigurationError: it is no time.
    """
    try:
        time = datetime.fromisoformat(words)
    except ValueError:
        raise ConfigurationError(f"{words}: no time; write it like 2017-05-22 or 2017-05-22T12:00Z.") from None
    if len(words) == len("2017-05-22"):
        time += timedelta(days=1, microseconds=-1)
    return time.astimezone(UTC) if time.tzinfo is not None else time.replace(tzinfo=UTC)


def _minute(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment is not None else ""
