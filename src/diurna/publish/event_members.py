"""What an event's page tells of its reports, read from the store once."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from diurna.model import Event, Judgement, Member
from diurna.publish.article_lines import ReportLine
from diurna.publish.membership_lines import Standing, passage_of, why_line
from diurna.publish.readings import Readings
from diurna.publish.site_settings import SiteSettings
from diurna.store.interface import Views

__all__ = ["Words", "mate_of", "standings", "words_of"]

_READ = 40
"""Reports in which the words are looked for that say when and where: more than are asked for them."""


class Words(Struct, frozen=True):
    """Words of a mention, and the report that has it."""

    words: str
    line: ReportLine


def mate_of(judgement: Judgement) -> str:
    """Id of the report that a judgement's reasons name; empty where they name none."""
    ref = next((reason.ref for reason in judgement.reasons if reason.ref), "")
    return ref.removeprefix("article:") if ref.startswith("article:") else ""


def standings(
    event: Event, members: Sequence[Member], views: Views, readings: Readings, site: SiteSettings
) -> tuple[Standing, ...]:
    """Those reports of an event, in it or telling of it too, that are shown, in the order they came.

    Of a sentence that tells of it in passing at most `statement_words` words are given.
    """
    refs = {one.ref.partition(":")[2]: one.judgement for one in members if one.ref.startswith("article:")}
    found = [report for ref in refs if (report := views.report(ref)) is not None and report.status == "current"]
    made = readings.judgements(refs.values())
    known = readings.articles([report.current for report in found])
    lines = dict(zip((report.id for report in found), readings.lines(found), strict=True))
    mates = {report.id: report for report in found}
    shown = []
    for report in found:
        judgement, article = made.get(refs[report.id]), known.get(report.current)
        if judgement is None or article is None:
            continue
        mate = mates.get(mate_of(judgement)) or views.report(mate_of(judgement))
        if mate is not None and mate.id not in lines and mate.status == "current":
            lines[mate.id] = readings.lines([mate])[0]
        told = []
        if judgement.verdict == "tells" and judgement.value:
            told = list(readings.articles([version.article for version in report.versions]).values())
        shown.append(
            Standing(
                report=report,
                article=article,
                line=lines[report.id],
                judgement=judgement,
                why=why_line(judgement, event, mate, lines.get(mate.id) if mate is not None else None, site.bar),
                sentence=passage_of(judgement, told, site.statement_words),
            )
        )
    return tuple(shown)


def words_of(event: Event, reports: Iterable[Standing], readings: Readings) -> dict[str, Words]:
    """Words of the mentions that say when and where an event happened, by their ids."""
    wanted = {*(event.occurred.mentions if event.occurred else ()), *(event.located.mentions if event.located else ())}
    found: dict[str, Words] = {}
    for standing in list(reports)[:_READ]:
        if len(found) == len(wanted):
            break
        annotation = readings.annotation(standing.article.id)
        for mention in annotation.mentions if annotation is not None else ():
            if mention.id in wanted:
                found[mention.id] = Words(mention.text, standing.line)
    return found
