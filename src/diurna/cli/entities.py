"""What `show`, `explain` and `correct` do with entities: their names, who names them, and which of them are one."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from diurna.cli.console import Answer, Block, Lines, Pairs, Table
from diurna.cli.correct import Wish, decided
from diurna.cli.show import LISTED, absent, brief, by_year, event_table, filled, latest
from diurna.cli.understood import understood_of
from diurna.enrich.entities.merging import Merges, apart_ref
from diurna.errors import ConfigurationError
from diurna.group.membership import Membership
from diurna.model import Article, Entity, Entry, Event, Judgement, Ref, Report, entity_id

if TYPE_CHECKING:
    from diurna.publish.spoken_lines import SpokenLine
    from diurna.runners import Chronicle

__all__ = ["explain_entity", "merge_entity", "show_entity", "split_entity"]

_EVENTS_READ = 1000
"""Events of an entity and year that are looked through for the first use of each of its names."""


def show_entity(chronicle: "Chronicle", ref: Ref) -> Answer:
    """What events and articles name: its names, with whom it appears, its latest events, articles and statements."""
    from diurna.publish.readings import Readings
    from diurna.publish.site_settings import SiteSettings
    from diurna.publish.spoken_lines import spoken_lines

    views = chronicle.store.views
    entity = _known(chronicle, ref)
    years = views.years_of(ref)
    companions = views.companions(ref, limit=10)
    events = views.events_with(ref, limit=LISTED)
    reports, naming = views.reports_naming(ref.id, LISTED), views.count_naming(ref.id)
    count = sum(number for _, number in years)
    into = views.one_with(ref.id)
    said = sum(number for _, number in views.spoken_months(ref.id))
    readings = Readings(views, chronicle.store)
    lines = spoken_lines(ref.id, views.spoken_in(ref.id, limit=LISTED), readings, SiteSettings())[:LISTED]
    blocks: list[Block] = [
        Pairs(
            [
                ("reference", str(ref)),
                ("page", entity.permalink),
                ("one with", f"{_name_of(chronicle, into)} (entity:{into})" if into != ref.id else ""),
                ("kind", entity.kind),
                ("also", " · ".join(entity.aliases)),
                ("elsewhere", ", ".join(entity.ids)),
                ("events", by_year(years)),
                ("articles", f"{naming:,}" if naming else ""),
                ("statements", f"{said:,}" if said else ""),
            ],
            title=entity.name,
        ),
        *filled(
            Table(
                ("events", "name", "reference"),
                [(str(other.count), other.name, f"entity:{other.id}") for other in companions],
                "Often together with",
            ),
            event_table(events, latest(len(events), count, "events")),
            _report_table(reports, latest(len(reports), naming, "articles")),
            _said_table(lines, latest(len(lines), said, "statements")),
        ),
    ]
    data = {
        "ref": str(ref),
        "entity": entity,
        "one_with": f"entity:{into}" if into != ref.id else None,
        "events": count,
        "years": dict(years),
        "companions": companions,
        "latest": [brief(event) for event in events],
        "articles": naming,
        "latest_articles": [f"article:{report.id}" for report in reports],
        "statements": said,
        "latest_statements": lines,
    }
    return Answer(data, blocks)


def _said_table(lines: Sequence["SpokenLine"], title: str) -> Table:
    """What an entity said, word for word, with its chain and the event."""
    rows = [
        (one.day.isoformat() if one.day else "", one.sentence, " ← ".join(one.chain), one.article, one.event)
        for one in lines
    ]
    return Table(("day", "sentence", "by", "article", "event"), rows, title)


def explain_entity(chronicle: "Chronicle", ref: Ref) -> Answer:
    """An entity's names: the event in which each was first seen, and what articles call it, with the reason."""
    entity = _known(chronicle, ref)
    first = _first_uses(chronicle, entity)
    rows = []
    for words in (entity.name, *entity.aliases):
        event = first.get(words)
        place = (event.day.isoformat(), event.headline, f"event:{event.id}", event.permalink) if event else ("",) * 4
        rows.append((words, "name" if words == entity.name else "alias", *place))
    rule = "Its name is the title that links lead to; aliases are the words that those links are shown with."
    blocks: list[Block] = [
        Pairs([("reference", str(ref)), ("page", entity.permalink)], title=entity.name),
        *(
            [Table(("words", "as", "first on", "in", "reference", "permalink"), rows), Lines([rule])]
            if first
            else [Lines(["No event of a list names it."])]
        ),
        *filled(
            Table(
                ("in the text", "score", "because", "article", "reference"),
                list(_words_of_articles(chronicle, ref)),
                "What articles call it",
            )
        ),
    ]
    names = [
        {"words": words, "event": f"event:{first[words].id}" if words in first else None}
        for words in (entity.name, *entity.aliases)
    ]
    return Answer({"ref": str(ref), "entity": entity, "names": names}, blocks)


def merge_entity(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Make an entity one with another: whatever names the first names the second from then on."""
    if len(wish.others) != 1 or wish.others[0].kind != "entity":
        raise ConfigurationError("an entity is merged into one other entity; give its reference or its name.")
    into = wish.others[0]
    merges = Merges(Membership(chronicle.store.facts).judgements)
    if ref == into:
        raise ConfigurationError(f"{ref} cannot be merged into itself; give two entities.")
    if merges.stands_for(str(ref)) == merges.stands_for(str(into)):
        raise ConfigurationError(
            f"{ref} and {into} are one already; `diurna correct list {ref}` has the decision. Nothing was changed."
        )
    return [decided(str(ref), "same", str(into), wish)]


def split_entity(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Let words name another entity than the one they were taken for: one that is given, or one of their own."""
    words = " ".join(wish.text.split())
    if not words:
        raise ConfigurationError(
            f"say which words are not {_name_of(chronicle, ref.id) or ref}: "
            f'`diurna correct split {ref} "the words" [OTHER]`.'
        )
    if len(wish.others) > 1 or any(other.kind != "entity" for other in wish.others):
        raise ConfigurationError("words are parted to one other entity; give its reference or its name.")
    other = str(wish.others[0]) if wish.others else str(ref)
    target = other if other != str(ref) else apart_ref(str(ref), words)
    if Merges(Membership(chronicle.store.facts).judgements).stands_for(str(ref), words) == target:
        raise ConfigurationError(f"“{words}” names {target} already where it was taken for {ref}; nothing was changed.")
    return [decided(str(ref), "apart", other, wish, words)]


# ------------------------------------------------------------------------------------------------ inner parts


def _known(chronicle: "Chronicle", ref: Ref) -> Entity:
    """What is known of an entity; one that few articles name, and no list, has no page.

    Raises:
        ConfigurationError: nothing names it.
    """
    entity, naming = chronicle.store.views.entity(ref.id), chronicle.store.views.naming(ref.id)
    if entity is not None:
        return entity
    if naming is None:
        raise absent(ref)
    return Entity(id=ref.id, name=naming.name, kind=naming.kind, ids=naming.ids)


def _report_table(reports: list[Report], title: str) -> Table:
    rows = [(str(report.day or ""), report.host, report.title, f"article:{report.id}") for report in reports]
    return Table(("published", "source", "title", "reference"), rows, title)


def _words_of_articles(chronicle: "Chronicle", ref: Ref) -> Iterator[tuple[str, ...]]:
    """Each different name that the latest articles have for an entity, and why it is taken for it."""
    told = set()
    for report in chronicle.store.views.reports_naming(ref.id, LISTED):
        article = chronicle.store.facts.get(Article, report.current)
        understood = understood_of(chronicle, article) if article is not None else None
        for mention in understood.annotation.mentions if understood is not None else ():
            if understood is None or understood.meant(mention) != str(ref):
                continue
            best = mention.candidates[0]
            because = best.because if best.ref == str(ref) else "a person decided so"
            if (mention.text, because) not in told:
                told.add((mention.text, because))
                yield mention.text, f"{best.score:.2f}", because, report.title, f"mention:{mention.id}"


def _name_of(chronicle: "Chronicle", identifier: str) -> str:
    """Name of an entity (its id), as lists or else articles have it; empty where neither does."""
    entity, known = chronicle.store.views.entity(identifier), chronicle.store.views.naming(identifier)
    return entity.name if entity is not None else known.name if known is not None else ""


def _first_uses(chronicle: "Chronicle", entity: Entity) -> dict[str, Event]:
    """For each of an entity's names the first event, by its day and arrival, that uses it."""
    wanted = {entity.name, *entity.aliases}
    first: dict[str, Event] = {}
    for event in _events_of(chronicle, entity):
        shown = {entity.name} | {words for words in _shown_in(chronicle, event, entity) if words in wanted}
        for words in shown - first.keys():
            first[words] = event
        if first.keys() == wanted:
            break
    return first


def _events_of(chronicle: "Chronicle", entity: Entity) -> Iterator[Event]:
    views, ref = chronicle.store.views, Ref("entity", entity.id)
    for year, _ in views.years_of(ref):
        yield from reversed(views.events_with(ref, year=year, limit=_EVENTS_READ))


def _shown_in(chronicle: "Chronicle", event: Event, entity: Entity) -> Iterator[str]:
    members = [member.ref.partition(":")[2] for member in event.members if member.ref.startswith("entry:")]
    for entry in chronicle.store.facts.get_many(Entry, members).values():
        links = [*entry.links, *(link for topic in entry.topics for link in topic.links)]
        yield from (link.shown for link in links if entity_id(link.target, link.site) == entity.id)
