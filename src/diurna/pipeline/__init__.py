"""The order of stages: what arrives becomes entries and articles, those become events, and events are related.

`Pipeline.take` does it for new input, `Pipeline.replay` for what the store holds already. Both go through `_see`,
`_read`, `_gather` and `_decide`, one fact after another in order of arrival, so a rebuilt chronicle is the same.
"""

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from diurna.components import Settings
from diurna.enrich.task import Annotated
from diurna.errors import problem
from diurna.extract.entry_lines import read_line
from diurna.extract.wikitext import read_days
from diurna.group.genre import genre_of
from diurna.group.lists import DayLists, differing_entries
from diurna.group.membership import Membership, founded_by
from diurna.group.placing import Placing
from diurna.ingest import Arrival, PageVersion
from diurna.model import (
    CLAIM_VERDICTS,
    Annotation,
    Article,
    Capture,
    Entry,
    Judgement,
    Problem,
    Report,
    Revision,
    make_id,
)
from diurna.model import Source as Publisher
from diurna.pipeline.claim_decisions import gone_loose, pages_of_decision
from diurna.pipeline.events import Events
from diurna.pipeline.extraction import ARTICLE_FORMS, LISTS, Extracted, Prepared, extract, prepare
from diurna.pipeline.following import follow
from diurna.pipeline.grouping import CITED, PLACING, STREAM, Grouping
from diurna.pipeline.outcome import Outcome
from diurna.pipeline.permalinks import Permalinks
from diurna.pipeline.redacting import without
from diurna.pipeline.reports import Reports
from diurna.pipeline.understanding import Understanding
from diurna.store.archive import Archive
from diurna.store.interface import Store
from diurna.store.views import source_id
from diurna.text import url_key

__all__ = ["Outcome", "Pipeline"]


class Pipeline:
    """Takes input into a chronicle and keeps its views up to date. Call it inside `store.writing()`."""

    def __init__(self, store: Store, archive: Archive, settings: Settings) -> None:
        self._store = store
        self._archive = archive
        self._settings = settings
        self._membership = Membership(store.facts)
        self._lists = DayLists(store.facts)
        self._placing = Placing(store.facts, self._membership, self._lists, settings.lineage)
        self._permalinks = Permalinks(store.facts)
        self._reports = Reports(store, settings, self._membership, self._permalinks.give)
        self.understanding = Understanding(store, self._membership, self._permalinks)
        self.grouping = Grouping(store, settings, self._membership, self.understanding)
        self._events = Events(store, settings, self._membership, self._lists, self.understanding)
        self.follows = False
        """Whether pages that feeds lead to are noted to be fetched; those of sitemaps and lists always are."""

    # ------------------------------------------------------------------ new input

    def take(self, arrival: Arrival | Problem, list_name: str = "", prepared: Prepared | None = None) -> Outcome:
        """Keep what arrived and bring the chronicle up to date with it; the same arrival twice adds nothing.

        `prepared` is what another process has made of it already.
        """
        outcome = Outcome()
        if isinstance(arrival, Problem):
            self._report([arrival], outcome)
            return outcome
        capture = self._store.facts.get(Capture, arrival.capture.id)
        if arrival.form in ARTICLE_FORMS and (capture is None or self._archive.is_erased(capture)):
            prepared = prepared or prepare(arrival, self._settings)
            refused = self._reports.refusals(prepared.extracted.articles)
            self._report(refused.values(), outcome)
            allowed = without(refused, arrival, prepared, self._settings)
            if allowed is None or capture is not None:
                outcome.known += capture is not None
                return outcome
            arrival, prepared = allowed
            capture = self._store.facts.get(Capture, arrival.capture.id)
        if capture is not None:
            outcome.known = 1
            if prepared is None and (arrival.form in LISTS or (self.follows and arrival.form == "feed")):
                # Added again, it leads to its pages again; a feed that is merely visited does not.
                outcome.wanted += follow(self._store, extract(arrival, self._settings), capture)
        else:
            packed = prepared.packed if prepared else b""
            capture = self._archive.keep(arrival.capture, arrival.content, packed)
            self._store.facts.append(capture)
            outcome.captures = 1
        # Known bytes may be another list's, or a file that was put back to an earlier state.
        unnumbered = arrival.form == "portal" and (arrival.page is None or arrival.page.number is None)
        if outcome.captures or unnumbered or (list_name and arrival.form == "entries"):
            match arrival.form:
                case "portal":
                    self._take_days(arrival, list_name, outcome)
                case "entries":
                    self._take_lines(arrival, list_name, outcome)
                case "picture":
                    self._picture(capture, outcome)
                case _:
                    extracted = prepared.extracted if prepared else extract(arrival, self._settings)
                    follows = self.follows or arrival.form in LISTS
                    self._take_articles(extracted, capture, outcome, follows=follows)
        return outcome

    def keep_understood(self, annotated: Annotated) -> Outcome:
        """Keep what was understood of an article, and bring the chronicle up to date with it."""
        article = annotated.annotation.of.startswith("article:")
        outcome = Outcome(understood=int(article))
        self._report(annotated.problems, outcome)
        new = self.understanding.keep(annotated)
        if new:
            article_read = self.understanding.text(annotated.annotation.of.partition(":")[2])
            self._report(gone_loose(self._membership, self._store.views, article_read, annotated.annotation), outcome)
        if new and article:
            outcome.annotations = 1
            _, found = self._place(annotated.annotation, outcome)
            self._keep_placed(found, outcome)
        return outcome

    def group_again(self, records: Iterable[Annotation | Entry]) -> Outcome:
        """Place articles and entries anew, in the order they came; what comes out as it stands adds nothing.

        What follows is kept once all are placed: a report that ends where it stands has not moved, wherever it was on
        the way there.
        """
        outcome = Outcome()
        placed: dict[str, Judgement] = {}
        told: dict[str, Judgement] = {}
        self.grouping.clear()
        for record in records:
            if isinstance(record, Entry):
                own, found = "", self._place_entry(record)
            else:
                own, found = self._place(record, outcome)
            for judgement in found:
                if judgement.verdict == "tells":
                    told[judgement.id] = judgement
                elif judgement.subject == own or judgement.subject in placed:  # others come in their turn
                    placed[judgement.subject] = judgement
        for judgement in placed.values():
            made = self._membership.judgements(judgement.subject)
            standing = [one.object for one in made if one.verdict == "belongs" and not one.by_person]
            if standing[-1:] != [judgement.object] and self._append(judgement):
                self._moved(judgement, outcome)
        there = self._store.views.events([judgement.object.partition(":")[2] for judgement in told.values()])
        for judgement in told.values():
            if judgement.object.partition(":")[2] in there and self._append(judgement):
                self._moved(judgement, outcome)
        return outcome

    def _place(self, annotation: Annotation, outcome: Outcome) -> tuple[str, list[Judgement]]:
        """The report that was understood, as reference, and where it and others belong now."""
        report, article = self._show_genre(annotation)
        if report is None or article is None:
            return "", []
        self._keep_placed(self.grouping.cited_by(report, article), outcome)
        return f"article:{report.id}", self.grouping.place_report(report, article, annotation)

    def _place_entry(self, entry: Entry) -> list[Judgement]:
        """Where articles belong now that an entry has come."""
        home = self._membership.home_of(entry.id)
        return self.grouping.place_entry(entry, home) if home is not None else []

    def _keep_placed(self, judgements: Iterable[Judgement], outcome: Outcome) -> None:
        for judgement in judgements:  # one after the other, as a replay does: events that empty on the way are seen
            if self._append(judgement):
                self._moved(judgement, outcome)

    def _moved(self, judgement: Judgement, outcome: Outcome) -> None:
        """Take into the views that a report is in an event, or tells of it."""
        report = judgement.subject.partition(":")[2]
        events = [one.object.partition(":")[2] for one in self._membership.ever(judgement.subject)]
        # Where it is now comes first: an event that it leaves empty leads there.
        home = self._membership.report_home(report) or ""
        said = self._membership.merged_into(judgement.object.partition(":")[2])
        for event in dict.fromkeys([home, *map(self._membership.merged_into, events)]):
            if event and (event in (home, said) or judgement.by_person or self._events.lists(event, report)):
                self._events.refresh(event, set(), outcome, {report})
        self._store.views.touch([judgement.subject])

    def _show_genre(self, annotation: Annotation) -> tuple[Report | None, Article | None]:
        """Take into the view of a report what kind of piece it is; the report, and the article that was understood."""
        article = self._store.facts.get(Article, annotation.of.partition(":")[2])
        report = self._store.views.report_of(article.id) if article is not None else None
        if article is not None and report is not None and report.current == article.id:
            report = self._reports.tell_genre(report, genre_of(article, annotation))
        return report, article

    def describe(self, source: Publisher) -> None:
        """Keep a user's description of a publisher and show it on its page."""
        if self._store.facts.append(source):
            self._store.views.rename_source(source_id(source.host), source.name)

    def read_again(self, arrival: Arrival, prepared: Prepared) -> Outcome:
        """Take what an extractor of today makes of a capture that is kept already."""
        outcome = Outcome()
        self._take_articles(prepared.extracted, arrival.capture, outcome, follows=False)
        return outcome

    def decide(self, judgement: Judgement) -> Outcome:
        """Keep a person's judgement and bring the chronicle up to date with it."""
        outcome = Outcome()
        if self._append(judgement):
            placed = self._placing_of(judgement)
            follows = self.grouping.decided(placed) if placed is not None else []
            self._decide(judgement, outcome)
            if judgement.verdict in ("withdrawn", "erased"):
                self.grouping.remove(judgement.subject.partition(":")[2])
            self._keep_placed(follows, outcome)
        return outcome

    def _placing_of(self, judgement: Judgement) -> Judgement | None:
        """A person's judgement on which event a report is in, given by itself or by its retraction."""
        if judgement.verdict == "retracted":
            retracted = self._store.facts.get(Judgement, judgement.object.partition(":")[2])
            return self._placing_of(retracted) if retracted is not None else None
        return judgement if judgement.subject.startswith("article:") and judgement.verdict in PLACING else None

    def _take_days(self, arrival: Arrival, list_name: str, outcome: Outcome) -> None:
        page = arrival.page or PageVersion()
        reading = read_days(arrival.text, arrival.where, page.day)
        self._report(reading.problems, outcome)
        curator = list_name or page.site or self._settings.curated.list_name
        days: dict[date, dict[str, Entry]] = {}
        for part in reading.days:
            days.setdefault(part.day, {}).update((entry.id, entry) for entry in part.entries)
        for day, entries in days.items():
            state = str(page.number or arrival.capture.id) + self._again(arrival, curator, day)
            revision = Revision(
                id=make_id("revision", curator, day.isoformat(), state),
                curator=curator,
                day=day,
                capture=arrival.capture.id,
                entries=tuple(entries),
                page=page.title,
                url=page.url,
                number=page.number,
                available=page.available,
                licence=page.licence or ("" if page.site else self._settings.curated.licence),
            )
            self._take_revision(revision, entries.values(), arrival.where, outcome)

    def _again(self, arrival: Arrival, curator: str, day: date) -> str:
        """What tells a file that was put back to an earlier state from one that is merely read twice.

        It was put back if the list's newest state came from the same file and is another one.
        """
        states = self._lists.whole(curator, day)
        if not states or states[-1].number is not None or states[-1].capture == arrival.capture.id:
            return ""
        newest = self._store.facts.get(Capture, states[-1].capture)
        here_before = any(state.capture == arrival.capture.id for state in states)
        same_file = newest is not None and newest.asked == arrival.capture.asked
        return f" {len(states)}" if here_before and same_file else ""

    def _take_lines(self, arrival: Arrival, list_name: str, outcome: Outcome) -> None:
        for number, line in enumerate(arrival.content.splitlines(), arrival.first_line):
            if not line.strip():
                continue
            where = f"{arrival.where}:{number}"
            reading = read_line(line, where)
            self._report(reading.problems, outcome)
            if reading.day is None or (reading.entry is None and not (reading.withdrawn and reading.key)):
                continue
            curator = list_name or reading.curator or self._settings.curated.list_name
            entries = () if reading.withdrawn or reading.entry is None else (reading.entry,)
            named = [entry.id for entry in entries] or ["withdrawn"]
            stated = str(reading.revision or reading.available or "")
            revision = Revision(
                id=make_id("revision", curator, reading.key, *named, stated),
                curator=curator,
                day=reading.day,
                capture=arrival.capture.id,
                entries=tuple(entry.id for entry in entries),
                page=reading.page,
                url=reading.url,
                number=reading.revision,
                available=reading.available,
                licence=reading.licence or self._settings.curated.licence,
                whole=False,
                keys=(reading.key,) if reading.key and entries else (),
                withdrawn=(reading.key,) if reading.key and not entries else (),
            )
            self._take_revision(revision, entries, where, outcome)

    def _take_revision(self, revision: Revision, entries: Iterable[Entry], where: str, outcome: Outcome) -> None:
        facts = self._store.facts
        if facts.get(Revision, revision.id) is not None:
            outcome.known += outcome.captures  # bytes known before are counted already
            return
        entries = list({entry.id: entry for entry in entries}.values())
        known = facts.get_many(Entry, [entry.id for entry in entries])
        placed = {entry.id: self._membership.event_of(entry.id) for entry in entries}
        # People may have judged about an entry before it came: `diurna corrections import` keeps what they said.
        new = [entry for entry in entries if entry.id not in known or placed[entry.id] is None]
        standing = [event for event in placed.values() if event]
        judgements = self._placing.place(revision, new, set(standing))
        found = [judgement.object.partition(":")[2] for judgement in judgements]
        judgements += self._placing.key_judgements(revision, [*standing, *found])
        if self._placing.is_another_list(revision, entries, new, judgements):
            refused = problem(
                f"this day of the list “{revision.curator}” was read before, and not one of its items is here again",
                where,
                received=f"{len(entries)} items, all of them new",
                allowed="a later state of the same list, which keeps some of its items",
                next_step="if it is another list, add it under its own name: diurna add --list NAME",
                severity="error",
            )
            self._report([refused], outcome)
            return
        for record in (*new, *judgements):
            outcome.entries += bool(self._append(record)) and isinstance(record, Entry)
        number = facts.append(revision)
        outcome.revisions += 1
        self._see(revision, outcome, number)
        for entry in new:
            self._keep_placed(self._place_entry(entry), outcome)

    def _take_articles(self, extracted: Extracted, capture: Capture, outcome: Outcome, *, follows: bool) -> None:
        self._report(extracted.problems, outcome)
        for article, signature in zip(extracted.articles, extracted.signatures, strict=True):
            if refused := self._reports.refusal(article):
                self._report([refused], outcome)
                continue
            taken = self._reports.take(article, signature, capture)
            if taken is None:
                outcome.known += 1
                continue
            kept, copies = taken
            self._read(kept, outcome)
            outcome.copies += bool(copies)
            for copy in copies:
                if self._append(copy):
                    self._gather(copy, outcome)
        outcome.sources += extracted.sources
        if follows:
            outcome.wanted += follow(self._store, extracted, capture)

    def _append(self, record: Struct) -> int:
        number = self._store.facts.append(record)
        if number and isinstance(record, Judgement):
            self._membership.note(number, record)
        return number

    def _report(self, problems: Iterable[Problem], outcome: Outcome) -> None:
        for told in problems:
            self._store.facts.append(told)
            outcome.problems.append(told)

    # ------------------------------------------------------------------ from facts to views

    def replay(self, progress: Callable[[], None] = lambda: None) -> None:
        """Throw the views away and compute them again from facts and judgements, in the order they arrived."""
        self._store.views.clear()
        self.forget()
        self._permalinks.replaying = True
        outcome = Outcome()
        for number, fact in self._store.facts.scan(Revision, Article, Annotation, Capture, Judgement, Publisher):
            self._membership.horizon = self._lists.horizon = number
            match fact:
                case Revision():
                    self._see(fact, outcome, number)
                case Article():
                    self._read(fact, outcome)
                case Annotation():
                    self.understanding.see(fact)
                    if fact.of.startswith("article:"):
                        self._show_genre(fact)
                case Judgement() if fact.by_person:
                    self._decide(fact, outcome)
                case Judgement() if fact.verdict == "copy":
                    self._gather(fact, outcome)
                case Judgement() if fact.subject.startswith("article:") and fact.by in (STREAM, CITED):
                    self._moved(fact, outcome)
                case Publisher():
                    self._store.views.rename_source(source_id(fact.host), fact.name)
                case Capture() if fact.media_type.startswith("image/"):
                    self._picture(fact, outcome)
            progress()
        self._membership.horizon = self._lists.horizon = None
        self.understanding.keep_pages()
        self.forget()

    def forget(self) -> None:
        """Drop what is held in memory, after a transaction that came to nothing."""
        self._lists.clear()
        self.grouping.forget()
        self._events.forget()
        self._membership.forget()
        self._permalinks.replaying = False

    def _see(self, revision: Revision, outcome: Outcome, number: int) -> None:
        """Take a revision into the views: every event that it adds, changes or leaves out."""
        self._lists.add(number, revision)
        self.understanding.learn_names(self._store.facts.get_many(Entry, revision.entries).values(), number)
        if revision.whole:
            order = self._lists.whole(revision.curator, revision.day)
            place = next(place for place, other in enumerate(order) if other.id == revision.id)
            before = order[place - 1].entries if place else ()
            after = order[place + 1].entries if place + 1 < len(order) else ()
            differing = (
                [*revision.entries, *before, *after] if not place else differing_entries(before, revision, after)
            )
        else:
            differing = list(revision.entries)
        events = [home for entry in dict.fromkeys(differing) if (home := self._membership.home_of(entry))]
        events += [self._membership.merged_into(event) for event in [self._placing.keyed_event(revision)] if event]
        for event in dict.fromkeys(events):
            self._events.refresh(
                event, {entry for entry in differing if self._membership.home_of(entry) == event}, outcome
            )

    def _read(self, article: Article, outcome: Outcome) -> None:
        """Take an article into its report, and into the views of the events that cite its page."""
        state = self._reports.state(article)
        keys = self._reports.see(article)
        self.understanding.arrived(article)
        outcome.articles += state == "new"
        outcome.versions += state == "whole" and article.whole
        self._refresh_citing(keys, outcome)
        report = self._store.views.report_of(article.id)
        self._refresh_home(report.id if report is not None else "", outcome)

    def _gather(self, judgement: Judgement, outcome: Outcome) -> None:
        """Take into the views that one article's text is another's."""
        for changed in self._reports.gather(judgement):
            self._refresh_home(changed, outcome)

    def _refresh_home(self, report: str, outcome: Outcome) -> None:
        """Assemble the event again that a report (its id) is in."""
        home = self._membership.report_home(report) if report else None
        if home is not None:
            self._events.refresh(home, set(), outcome)

    def _refresh_citing(self, keys: Iterable[str], outcome: Outcome) -> None:
        for event in dict.fromkeys(event for key in keys for event in self._store.views.citing(key)):
            self._events.refresh(event, set(), outcome)

    def _picture(self, capture: Capture, outcome: Outcome) -> None:
        key = url_key(capture.answered)
        self._store.views.put_picture(key, capture.id)
        for event in self._store.views.citing(key):
            self._events.refresh(event, set(), outcome)

    def _decide(self, judgement: Judgement, outcome: Outcome) -> None:
        """Take a person's judgement into the views of the events that it names."""
        kind, _, identifier = judgement.subject.partition(":")
        if kind == "judgement":
            retracted = self._store.facts.get(Judgement, identifier)
            if retracted is not None:
                self._decide(retracted, outcome)
            return
        if judgement.verdict in CLAIM_VERDICTS:
            self._store.views.touch(pages_of_decision(self._membership, judgement))
            return
        if kind == "article":
            self._refresh_citing(self._reports.decide(identifier), outcome)
            self.understanding.show(self._store.views.report(identifier))
            if judgement.verdict in PLACING:
                self._events.decided[judgement.object.partition(":")[2]] = judgement.id
                for one in self._membership.ever(judgement.subject):
                    if one.verdict == "belongs" and not one.by_person:
                        self._events.decided[one.object.partition(":")[2]] = judgement.id
            self._moved(judgement, outcome)
            self._events.decided.clear()
            return
        if kind == "entity":
            for changed in self.understanding.decide(judgement):
                self._events.refresh(changed, set(), outcome)
            return
        events = [ref.partition(":")[2] for ref in (judgement.subject, judgement.object) if ref.startswith("event:")]
        moved = set()
        if kind == "entry":
            moved = {identifier}
            events.append(founded_by(identifier))
            judged = self._membership.ever(judgement.subject)
            events += [about.object.partition(":")[2] for about in judged if about.object.startswith("event:")]
        events += [child.id for event in list(events) for child in self._store.views.nested_in(f"event:{event}")]
        known = self._store.views.events(events)
        moved |= {member.ref.partition(":")[2] for event in known.values() for member in event.members}
        homes = [home for entry in sorted(moved) if (home := self._membership.home_of(entry))]
        events += [event for entry in sorted(moved) if (event := self._membership.event_of(entry))]
        for event in dict.fromkeys([*homes, *events]):
            self._events.refresh(event, moved, outcome, moved)
