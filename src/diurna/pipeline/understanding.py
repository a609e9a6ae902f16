"""What is understood of articles: which wait for it, what each is to be read with, and what follows from the result."""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from diurna.enrich.entities.keys import filing_keys
from diurna.enrich.entities.merging import Merges
from diurna.enrich.entities.resolver import KnownName, lookup_keys
from diurna.enrich.entities.speakers import sentences_of_speakers
from diurna.enrich.task import Annotated, Like, Task
from diurna.group.membership import Membership
from diurna.model import (
    Annotation,
    Article,
    Entry,
    Event,
    Judgement,
    Mention,
    Naming,
    Permalink,
    Report,
    Tag,
    entity_id,
    entry_article,
    parse_ref,
)
from diurna.pipeline.permalinks import Permalinks
from diurna.store.interface import Store
from diurna.store.understood import KnownAs, Unread
from diurna.text import slugify

__all__ = ["Understanding"]

_REPORTS_FOR_A_PAGE = 3
"""Reports that must name an entity for it to have a page, unless a list links to it: what one or two name alone is
seldom looked up, and a site of 10,000 articles would have most of its pages for it."""

_EVERY = 1 << 30

_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|dozens?|scores?|hundreds?"
    r"|thousands?|millions?|billions?|no (?:one|casualties|injuries)|nobody|noon|midnight)\b",
    re.IGNORECASE,
)
"""What a figure has: of an entry that has none nothing could be compared."""


class Understanding:
    """Gives articles out to be understood, and keeps the views of what was. Call it inside `store.writing()`."""

    def __init__(self, store: Store, membership: Membership, permalinks: Permalinks) -> None:
        self._store = store
        self._membership = membership
        self.permalinks = permalinks

    # ------------------------------------------------------------------ what is to be done

    def unread(self, after: int = 0, limit: int = 100) -> list[Unread]:
        """Articles that wait, in order of arrival."""
        return self._store.views.unread(after, limit)

    def task(self, unread: Unread) -> Task:
        """What an article is read with: its outlet's name, and what lists that came before it call by its words."""
        article = unread.article
        report = self._store.views.report_of(article.id)
        source = self._store.views.source(report.source) if report is not None else None
        outlet = source.name if source is not None else article.publisher
        known: dict[str, list[KnownName]] = {}
        for name in self._store.views.list_names(lookup_keys(article.text), unread.number):
            ref = f"entity:{name.entity}"
            known.setdefault(name.key, []).append(
                KnownName(name.words, ref, name.name, kind="", count=1, source="list")
            )
        meant = {key: tuple(names) for key, names in known.items()}
        return Task(article=article, outlet=outlet, known=meant, kind=unread.kind)

    def may_be_like(self, unread: Unread) -> bool:
        """Whether an article was preceded by one that it may have much of its text from."""
        return bool(self._models(unread.article))

    def finish(self, task: Task) -> Task:
        """The task with an article that has much of the same text and is understood already."""
        for identifier in self._models(task.article):
            annotation = self.of(identifier)
            other = self._store.facts.get(Article, identifier) if annotation is not None else None
            if annotation is not None and other is not None and other.paragraphs:
                return replace(task, like=Like(other, annotation))
        return task

    def _models(self, article: Article) -> list[str]:
        """Ids of articles that came before with much of the same text: earlier states of its report, and its origin."""
        report = self._store.views.report_of(article.id)
        states = [version.article for version in report.versions if version.article != article.id] if report else []
        judged = self._store.facts.about(Judgement, f"article:{article.id}")
        copied = [one.object.partition(":")[2] for one in judged if one.verdict == "copy"]
        came = self._store.facts.numbers(Article, [article.id, *states, *copied])
        return [other for other in (*states, *copied) if came.get(other, _EVERY) < came.get(article.id, 0)]

    def text(self, identifier: str) -> Article | None:
        """The article of an id; of an entry's, its words as an article."""
        facts = self._store.facts
        entry = None if (article := facts.get(Article, identifier)) is not None else facts.get(Entry, identifier)
        return entry_article(entry) if entry is not None else article

    def of(self, article: str) -> Annotation | None:
        """The current annotation of an article (its id), or of an entry."""
        identifier = self._store.views.annotation_of(article)
        return self._store.facts.get(Annotation, identifier) if identifier is not None else None

    # ------------------------------------------------------------------ what follows

    def arrived(self, article: Article) -> None:
        """Take note of an article that has come, or come back, into its report's view."""
        if self._store.views.annotation_of(article.id) is None:
            self._store.views.add_unread(article.id)
        self.show(self._store.views.report_of(article.id))

    def compare(self, entries: Iterable[Entry]) -> None:
        """Have entries read that were not, if they give a figure: there are reports now to hold them against."""
        for entry in entries:
            if _FIGURE.search(entry.text) and self._store.views.annotation_of(entry.id) is None:
                self._store.views.add_unread(entry.id)

    def keep(self, annotated: Annotated) -> bool:
        """Keep what was understood of an article, and take it into the views; whether it was new."""
        new = bool(self._store.facts.append(annotated.annotation))
        self.see(annotated.annotation)
        return new

    def see(self, annotation: Annotation) -> None:
        """Take an annotation into the views: from now on it is its article's, or its entry's."""
        self._store.views.put_annotation(annotation)
        kind, _, identifier = annotation.of.partition(":")
        if kind == "article":
            self.show(self._store.views.report_of(identifier))
        elif (home := self._membership.home_of(identifier)) is not None:
            self._store.views.touch([f"event:{home}"])

    def show(self, report: Report | None) -> None:
        """Set which entities a report names and lets speak, as its current state and people's decisions have it."""
        if report is None:
            return
        if report.status == "erased":
            for version in report.versions:
                self._store.views.drop_annotation(version.article)
        annotation = self.of(report.current) if report.status == "current" else None
        namings = self._meant(annotation) if annotation is not None else {}
        read_as = sorted({_id(mention.candidates[0].ref) for mention in _sure(annotation)})
        for identifier in self._store.views.put_named(report, list(namings.values()), read_as):
            self._give_page(identifier)
        spoken = sentences_of_speakers(annotation, self.standing) if annotation is not None else {}
        self._store.views.put_spoken(report, {_id(ref): len(sentences) for ref, sentences in spoken.items()})

    def _meant(self, annotation: Annotation) -> dict[str, Naming]:
        """The entities that mentions surely name, as people see them; by reference."""
        named = {known.ref: known for known in annotation.namings}
        found: dict[str, Naming] = {}
        for mention in _sure(annotation):
            own = named.get(mention.candidates[0].ref)
            if own is not None:
                ref = self.standing(own.ref, mention.text)
                if ref not in found:
                    found[ref] = own if ref == own.ref else self._naming(ref, Naming(ref, mention.text, own.kind))
        return found

    def _naming(self, ref: str, fallback: Naming) -> Naming:
        """What is known of an entity: from articles, else from lists."""
        identifier = _id(ref)
        if known := self._store.views.naming(identifier):
            return known
        listed = self._store.views.entity(identifier)
        return Naming(ref, listed.name, fallback.kind) if listed is not None else fallback

    def _give_page(self, identifier: str, least: int = _REPORTS_FOR_A_PAGE) -> None:
        views = self._store.views
        if not views.has_entity(identifier) and views.count_naming(identifier) >= least:
            known = views.naming(identifier)
            if known is not None:
                path = self.permalinks.give(f"/context/{slugify(known.name)}", known.ref)
                views.put_entity(identifier, known.name, path)
                naming = [report.id for report in views.reports_naming(identifier)]
                views.touch(f"article:{report}" for report in naming)
                views.touch(f"event:{home}" for report in naming if (home := self._membership.report_home(report)))

    def keep_pages(self) -> None:
        """Give entities that had a page it back, where something still names them: erased articles counted for it."""
        for _, given in self._store.facts.scan(Permalink):
            kind, _, identifier = given.ref.partition(":") if isinstance(given, Permalink) else ("", "", "")
            if kind == "entity":
                self._give_page(identifier, least=1)

    # ------------------------------------------------------------------ names and people's decisions

    def learn_names(self, entries: Iterable[Entry], number: int) -> None:
        """Take note of what lists call things: each wikilink's words are a name of its target, and so is the target."""
        names = {}
        for entry in entries:
            links = [*entry.links, *(link for topic in entry.topics for link in topic.links)]
            for link in links:
                if not link.site:
                    for words in (link.target, link.shown):
                        for key in filing_keys(words, "") if words else ():
                            known = KnownAs(key, entity_id(link.target), words, link.target)
                            names[key, known.entity, words] = known
        self._store.views.add_list_names(names.values(), number)

    def standing(self, ref: str, words: str = "") -> str:
        """The entity that a reference stands for as people decided, for one of its names or for all."""
        return Merges(self._membership.judgements).stands_for(ref, words)

    def with_entities(self, event: Event) -> Event:
        """An event that carries the entities which those in its text stand for, each once."""
        tags: dict[tuple[str, str], Tag] = {}
        for tag in event.entities:
            ref = self.standing(tag.ref)
            known = self._store.views.entity(_id(ref)) if ref != tag.ref else None
            tags.setdefault((ref, tag.role), Tag(ref, known.name, tag.role) if known is not None else tag)
        return replace(event, entities=tuple(tags.values())) if tuple(tags.values()) != event.entities else event

    def decide(self, judgement: Judgement) -> list[str]:
        """Take a person's decision about entities into the views; the ids of the events that it may change."""
        views = self._store.views
        refs = sorted(ref for ref in {judgement.subject, judgement.object} if ref.startswith("entity:"))
        reports: dict[str, Report] = {}
        events: dict[str, None] = {}
        for ref in refs:
            identifier = _id(ref)
            views.put_one_with(identifier, _id(self.standing(ref)))
            reports.update({report.id: report for report in views.reports_read_as(identifier)})
            events.update({event.id: None for event in views.events_with(parse_ref(ref), limit=_EVERY)})
        for report in reports.values():
            self.show(report)
        for ref in refs:
            into = self.standing(ref)
            if into != ref and views.has_entity(_id(ref)):
                self._give_page(_id(into), least=0)
        return sorted(events)


def _sure(annotation: Annotation | None) -> list[Mention]:
    """Mentions of which it is sure whom they name."""
    return [mention for mention in annotation.mentions if mention.sure and mention.candidates] if annotation else []


def _id(ref: str) -> str:
    return ref.partition(":")[2]
