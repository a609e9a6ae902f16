"""Articles as they come: what recurs is left out, states of one address are its versions, copies are gathered."""

from collections.abc import Callable, Iterable
from datetime import datetime
from urllib.parse import urlsplit

from msgspec.structs import replace

from diurna.components import Settings
from diurna.errors import problem
from diurna.extract.boilerplate import Seen, asked_keys, lesson, without_boilerplate
from diurna.group.copies import Signature, judge_copy, origin_of
from diurna.group.genre import Genre
from diurna.group.membership import Membership
from diurna.group.versions import same_article
from diurna.model import Article, Capture, Dating, Judgement, Problem, Reason, Report, Version, make_id
from diurna.model import Source as Publisher
from diurna.registry import agency_names, publisher_named, publisher_of
from diurna.store.interface import Facts, Source, Store
from diurna.store.views import publisher_host, source_id
from diurna.text import slugify, url_key

__all__ = ["Reports", "address_of", "known_name", "report_id", "urls_of"]

_UNKNOWN = "file"
"""Publisher of saved files that name neither an address nor a publisher."""

_NAMELESS = "Publisher unknown"
"""What it is called."""

_MOST_CANDIDATES = 10
"""Articles that a new one is compared with, those that share most bands first."""

Permalinks = Callable[[str, str], str]
"""Gives a record its address: from the path it would like and its reference."""


def address_of(article: Article) -> str:
    """Key of the address that an article stands at: its canonical one, where that belongs to the same publisher.

    A saved file that names no address is known by its own name and the title in it.
    """
    url = urls_of(article)[-1]
    return f"{url} {slugify(article.title)}" if url.startswith("file:") else url_key(url)


def urls_of(article: Article) -> list[str]:
    """Addresses that an article stands at: where it was found, and behind that its canonical one.

    A canonical address at another publisher is only what a page says, and speaks for nothing.
    """
    url, canonical = article.url, article.canonical
    if canonical and (not _host(url) or publisher_host(_host(url)) == publisher_host(_host(canonical))):
        return [url, canonical]
    return [url]


def report_id(address: str) -> str:
    """Identifier of the report at an address."""
    return make_id("report", address)


def known_name(facts: Facts, host: str) -> str:
    """Name of a publisher by its host, as the user describes it or the registry has it; empty where neither does."""
    told = facts.about(Publisher, host)
    known = publisher_of(host)
    return (told[-1].name if told else "") or (known.name if known else "")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


class Reports:
    """Takes articles into the store and keeps the views of reports. Call it inside `store.writing()`."""

    def __init__(self, store: Store, settings: Settings, membership: Membership, permalink: Permalinks) -> None:
        self._store = store
        self._settings = settings
        self._membership = membership
        self._permalink = permalink

    # ------------------------------------------------------------------ new articles

    def take(self, article: Article, signature: Signature, capture: Capture) -> tuple[Article, list[Judgement]] | None:
        """Keep an article unless its report stands like that already; the article as kept, and whose copy it is.

        The caller has the view brought up to date by `see` and `gather`.
        """
        report = self._store.views.report(report_id(address_of(article)))
        # Files that name no publisher have nothing in common that could recur.
        asked = asked_keys(article) if self._publisher(article) != _UNKNOWN else ()
        recurring = self._store.learned.recurring(self._publisher(article), asked)
        seen = Seen(recurring.articles, recurring.epoch, recurring.counts)
        cleaned = without_boilerplate(self._dated(article, report), seen, self._settings.boilerplate)
        cleaned = replace(cleaned, id=make_id("article", article.id, str(cleaned.epoch)))
        if report is not None and self._stands(report, cleaned, capture):
            return None
        if not self._store.facts.append(cleaned):
            return None
        if not cleaned.whole:
            return cleaned, []
        if asked and (report is None or not any(version.whole for version in report.versions)):
            self._learn(article, Seen(recurring.articles_now, recurring.epoch, recurring.counts_now))
        copies = self._copied(cleaned, signature)
        if not copies:  # only what founds a family is found again: so copies of copies cannot drift away
            self._store.learned.add_bands(cleaned.id, signature.bands)
        return cleaned, copies

    def _learn(self, article: Article, so_far: Seen) -> None:
        """Count the blocks of a publisher's new article."""
        if keys := lesson(article, so_far, self._settings.boilerplate):
            epoch = self._settings.boilerplate.epoch_articles
            self._store.learned.observe(self._publisher(article), keys, epoch)

    def refusals(self, articles: Iterable[Article]) -> dict[str, Problem]:
        """Articles that are not taken, by id, and why."""
        told = ((article.id, self.refusal(article)) for article in articles)
        return {identifier: refused for identifier, refused in told if refused is not None}

    def refusal(self, article: Article) -> Problem | None:
        """Why an article is not taken: somebody had what stood at its address erased."""
        judgement = self._decided(report_id(address_of(article)), "erased")
        if judgement is None:
            return None
        return problem(
            "The article was erased from this chronicle and is not taken again.",
            article.url,
            received=f"erased by {judgement.by.removeprefix('person:')}"
            + (f": {judgement.note}" if judgement.note else ""),
            allowed="articles that nobody had erased",
            next_step=f"nothing; `diurna show judgement:{judgement.id}` tells of the decision",
            severity="notice",
        )

    @staticmethod
    def _publisher(article: Article) -> str:
        """Host that stands for an article's publisher; where it has no web address, what its name leads to."""
        if host := _host(urls_of(article)[-1]):
            return publisher_host(host)
        known = publisher_named(article.publisher) if article.publisher else None
        return known.domains[0] if known else slugify(article.publisher) if article.publisher else _UNKNOWN

    def _dated(self, article: Article, report: Report | None) -> Article:
        """The article, dated as a feed dated it where its page says nothing, or nothing as sure."""
        if report is None or not article.whole:
            return article
        ids = [version.article for version in report.versions if not version.whole]
        told = self._store.facts.get_many(Article, ids).values()
        for other in told:
            published = _surer(article.published, other.published)
            article = replace(article, published=published, modified=_surer(article.modified, other.modified))
        return article

    def _stands(self, report: Report, article: Article, capture: Capture) -> bool:
        """Whether a report has this state already: beside it, or, for a mere summary, as a whole article."""
        if not article.whole and any(version.whole for version in report.versions):
            return True
        read = [
            other.article for other in report.versions if (other.capture, other.whole) == (capture.id, article.whole)
        ]
        last = self._store.facts.get(Article, read[-1]) if read else None
        if last is not None and _content(last) == _content(article):
            return True
        version = _version(article, capture)
        around = [other for other in report.versions if other.whole == article.whole and other.capture != capture.id]
        before = [other for other in around if _order(other) <= _order(version)][-1:]
        after = [other for other in around if _order(other) > _order(version)][:1]
        known = self._store.facts.get_many(Article, [other.article for other in (*before, *after)])
        return any(same_article(article, other) for other in known.values())

    def _copied(self, article: Article, signature: Signature) -> list[Judgement]:
        """Whose text an article has, first; then which founders of families have one text, as it shows."""
        mine = report_id(address_of(article))
        ids = self._store.learned.sharing(signature.bands, _MOST_CANDIDATES)
        known = self._store.facts.get_many(Article, ids)
        candidates = []
        for identifier in ids:
            report = self._store.views.report_of(identifier)
            if report is not None and mine not in (report.id, report.copy_of) and report.status == "current":
                candidates.append(known[identifier])
        judged = [judge_copy(article, self._models(candidate), self._settings.copies) for candidate in candidates]
        found = sorted(filter(None, judged), key=lambda judgement: -(judgement.score or 0.0))
        return found[:1] + [_through(found[0], other) for other in found[1:]]

    def _models(self, founder: Article) -> list[Article]:
        """What a text is held against for a family: the article that founded it, and the one that it comes from."""
        report = self._store.views.report_of(founder.id)
        family = self._store.views.family(report.id) if report is not None else []
        if len(family) < 2:
            return [founder]
        known = self._store.facts.get_many(Article, [other.current for other in family if other.status == "current"])
        origin = origin_of(list(known.values()), agency_names()).article if known else founder.id
        return [founder, *(article for article in known.values() if article.id == origin != founder.id)]

    # ------------------------------------------------------------------ views

    def state(self, article: Article) -> str:
        """What is here of an article's report: `whole` or `partial`, or that it is `new`."""
        report = self._store.views.report(report_id(address_of(article)))
        if report is None:
            return "new"
        return "whole" if any(version.whole for version in report.versions) else "partial"

    def see(self, article: Article) -> list[str]:
        """Take an article into its report's view; the keys of the addresses that may be cited now stand for it."""
        views = self._store.views
        capture = self._store.facts.get(Capture, article.capture)
        address = address_of(article)
        if capture is None or not address:
            return []
        identifier = report_id(address)
        report = views.report(identifier) or self._new(identifier, address, article)
        version = _version(article, capture)
        report = replace(report, versions=_with_version(report.versions, version))
        return self._show(report, {url_key(url) for url in urls_of(article) if url} | {address})

    def gather(self, judgement: Judgement) -> list[str]:
        """Take into the views that an article's text is another's; the ids of the reports that this changes."""
        views = self._store.views
        report = views.report_of(judgement.subject.partition(":")[2])
        origin = views.report_of(judgement.object.partition(":")[2])
        if report is None or origin is None or report.id == origin.id:
            return []
        family = origin.copy_of or origin.id
        changed = []
        if origin.copy_of != family:
            changed.append(replace(origin, copy_of=family))
        members = views.family(report.copy_of or report.id) or [report]
        strangers = [other for other in members if other.copy_of != family]
        changed += [replace(other, copy_of=family, agency=other.agency or judgement.value) for other in strangers]
        for other in changed:
            self._put(other)
        return [other.id for other in changed]

    def tell_genre(self, report: Report, genre: Genre) -> Report:
        """Show a report as a piece of some kind; the report as it is then."""
        told = replace(report, genre=genre.name, genre_because=genre.because)
        if told != report:
            self._put(told)
        return told

    def decide(self, identifier: str) -> list[str]:
        """Show a report as people's decisions about it have it: current, withdrawn or erased."""
        report = self._store.views.report(identifier)
        if report is None:
            return []
        keys = {report.address}
        articles = self._store.facts.get_many(Article, [version.article for version in report.versions])
        for article in articles.values():
            keys |= {url_key(url) for url in urls_of(article) if url}
        if self._decided(identifier, "erased"):  # when it was published is among what was erased
            captures = self._store.facts.get_many(Capture, [version.capture for version in report.versions])
            versions = [_version(articles[known.article], captures[known.capture]) for known in report.versions]
            ordered = sorted(versions, key=lambda version: (*_order(version), version.capture))
            report = replace(report, versions=tuple(ordered))
        return self._show(report, keys)

    def _show(self, report: Report, keys: set[str]) -> list[str]:
        decided = [name for name in ("erased", "withdrawn") if self._decided(report.id, name)]
        status = decided[0] if decided else "current"
        article = self._store.facts.get(Article, report.current)
        dated = article.published if article is not None else None
        self._put(
            replace(
                report,
                title=article.title if article is not None else "",
                url=urls_of(article)[-1] if article is not None else report.url,
                day=dated.calendar_day if dated is not None else None,
                status=status,
                genre="report" if status == "erased" else report.genre,
                genre_because="" if status == "erased" else report.genre_because,
            ),
            article,
        )
        for key in sorted(keys):
            if status == "current" and article is not None:
                self._store.views.put_reading(key, article.id)
            else:
                self._store.views.drop_reading(key)
        return sorted(keys)

    def _put(self, report: Report, article: Article | None = None) -> None:
        article = article or self._store.facts.get(Article, report.current)
        self._store.views.put_report(report, article)

    def _new(self, identifier: str, address: str, article: Article) -> Report:
        host = self._publisher(article)
        source = source_id(host)
        if not self._store.views.has_source(source):
            path = self._permalink(f"/source/{slugify(host)}", f"source:{source}")
            name = known_name(self._store.facts, host) or article.publisher or (_NAMELESS if host == _UNKNOWN else host)
            self._store.views.put_source(Source(source, name, path, host))
        wish = f"/article/{slugify(host)}/{slugify(article.title or address)}"
        return Report(
            id=identifier,
            rank=self._store.views.last_report() + 1,
            address=address,
            permalink=self._permalink(wish, f"article:{identifier}"),
            host=host,
            source=source,
            title=article.title,
        )

    def _decided(self, identifier: str, verdict: str) -> Judgement | None:
        made = self._membership.judgements(f"article:{identifier}")
        return next((judgement for judgement in made if judgement.verdict == verdict), None)


def _content(article: Article) -> tuple[Article, list[tuple[str, str]]]:
    """What an article says, and what was left out, without when it was read and how often a block had recurred."""
    return replace(article, id="", epoch=0, dropped=()), [(block.text, block.reason) for block in article.dropped]


def _through(nearest: Judgement, other: Judgement) -> Judgement:
    """That two founders have one text, since a fuller one that came later is that of both."""
    shown = Reason("through", other.subject, 0.0)
    return replace(
        other,
        id=make_id("judgement", other.object, "copy", nearest.object, other.by),
        subject=other.object,
        object=nearest.object,
        reasons=(shown, *other.reasons),
    )


def _version(article: Article, capture: Capture) -> Version:
    said = None if capture.via == "web" else article.modified or article.published
    available = capture.available or (said.time if said is not None else capture.observed)
    return Version(article.id, capture.id, available, capture.observed, article.whole)


def _order(version: Version) -> tuple[datetime, datetime]:
    """What comes first; of versions that nothing else parts, the one that arrived first."""
    return (version.available, version.observed)


def _with_version(versions: tuple[Version, ...], new: Version) -> tuple[Version, ...]:
    """A report's versions with one more, or with another reading in the place of an earlier one of its capture."""
    read = [(version.capture, version.whole) == (new.capture, new.whole) for version in versions]
    placed = [new if again else version for version, again in zip(versions, read, strict=True)]
    return tuple(sorted(placed if any(read) else [*placed, new], key=_order))


def _surer(own: Dating | None, other: Dating | None) -> Dating | None:
    if other is None or (own is not None and own.sureness >= other.sureness):
        return own
    return other
