"""Fetching what is due: feeds and sitemaps when their time has come, and the pages that they lead to."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from diurna.errors import problem
from diurna.ingest.fetch import Fetched, FetchReport, HostState, Job, fetch_all
from diurna.ingest.network import Manners
from diurna.ingest.schedule import Pace, Visit, next_pace
from diurna.model import Article, Dating
from diurna.pipeline import Outcome
from diurna.pipeline.extraction import Prepared
from diurna.store.interface import Feed, Wanted

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["Update", "Updated"]

_MOST_TRIES = 5
"""Visits in vain after which a page is wanted no more."""

_PAUSE = timedelta(hours=1)
"""Time before a page that could not be had is asked for again; it doubles with every try."""


class Updated(Struct, frozen=True):
    """What an update brought, how many feeds and pages were asked, and what the network did."""

    outcome: Outcome
    report: FetchReport
    feeds: int
    pages: int


class Update:
    """One update of a chronicle. What is delivered is durable before the next is asked for."""

    def __init__(
        self,
        chronicle: "Chronicle",
        manners: Manners | None = None,
        progress: Callable[[Outcome], None] = lambda _: None,
    ) -> None:
        self._chronicle = chronicle
        self._manners = manners
        self._progress = progress
        self._outcome = Outcome()
        self._wanted: dict[str, Wanted] = {}
        self._feeds = self._pages = 0

    def run(self, feeds: Sequence[Feed], pages: Sequence[Wanted]) -> Updated:
        """Fetch feeds, pages, and the pages that these feeds lead to; what is not done in time stays due."""
        chronicle = self._chronicle
        chronicle.pipeline.follows = True
        jobs = [Job(feed.url, feed.kind, feed.etag, feed.last_modified) for feed in feeds]
        jobs += self._jobs(pages)
        hosts = chronicle.store.schedule.hosts(HostState)
        report = fetch_all(jobs, hosts, chronicle.settings.fetch, self._deliver, self._manners)
        return Updated(self._outcome, report, self._feeds, self._pages)

    def _jobs(self, pages: Iterable[Wanted]) -> list[Job]:
        fresh = [page for page in pages if page.url not in self._wanted]
        self._wanted |= {page.url: page for page in fresh}
        return [Job(page.url, page.kind) for page in fresh]

    def _deliver(self, batch: Sequence[Fetched], states: Sequence[HostState]) -> list[Job]:
        """Keep what came, in one transaction with what follows from it for the next visits."""
        chronicle, outcome = self._chronicle, Outcome()
        batch = [_as_asked(fetched) for fetched in batch]
        with chronicle.writing():
            readies = chronicle.workers.read(
                [fetched.arrival for fetched in batch if fetched.arrival is not None], lambda _: False
            )
            for fetched in batch:
                came, refresh = Outcome(), None
                if fetched.arrival is not None:
                    prepared = self._hinted(next(readies).prepared, fetched.job)
                    came = chronicle.pipeline.take(fetched.arrival, "", prepared)
                    refresh = prepared.extracted.refresh if prepared is not None else None
                if fetched.problem is not None:
                    chronicle.store.facts.append(fetched.problem)
                    came.problems.append(fetched.problem)
                self._note(fetched, came, refresh)
                outcome.add(came)
            for state in states:
                chronicle.store.schedule.put_host(state.host, state)
            chronicle.archive.seal()
        self._outcome.add(outcome)
        self._progress(self._outcome)
        return self._jobs(outcome.wanted)

    def _hinted(self, prepared: Prepared | None, job: Job) -> Prepared | None:
        """What was extracted, dated as the list that led to it dated it, where it says nothing itself."""
        wanted = self._wanted.get(job.url)
        if prepared is None or wanted is None or wanted.published is None:
            return prepared
        articles = tuple(_dated(article, wanted.published) for article in prepared.extracted.articles)
        return replace(prepared, extracted=replace(prepared.extracted, articles=articles))

    def _note(self, fetched: Fetched, came: Outcome, refresh: float | None) -> None:
        """Say when to ask next; `refresh` is how many seconds a feed says that it stays as it is."""
        schedule, job = self._chronicle.store.schedule, fetched.job
        feed = schedule.feed(job.url)
        if feed is not None and job.kind == feed.kind:
            self._feeds += 1
            self._note_feed(feed, fetched, came, refresh)
        if (wanted := self._wanted.get(job.url)) is not None:
            self._pages += 1
            self._note_page(wanted, fetched)

    def _note_feed(self, feed: Feed, fetched: Fetched, came: Outcome, refresh: float | None) -> None:
        schedule, now = self._chronicle.store.schedule, self._chronicle.clock()
        failed = fetched.arrival is None and not fetched.unchanged
        new = max(came.articles, len(came.wanted))  # a summary is both: an article, and a page that is wanted
        known = Pace(feed.interval, feed.failures, feed.due) if feed.asked is not None else None
        hint = max((hint for hint in (fetched.fresh_for, refresh) if hint is not None), default=None)
        visit = Visit(at=now, news=new > 0, failed=failed, hint=hint, retry_at=fetched.retry_at)
        pace = next_pace(feed.url, known, visit, self._chronicle.settings.fetch)
        told = fetched.problem
        unreadable = next((told for told in came.problems if told.severity == "error"), None)
        told = told or unreadable
        after = replace(
            feed,
            due=pace.due,
            interval=pace.interval,
            asked=now,
            succeeded=feed.succeeded if told is not None else now,
            changed=now if new else feed.changed,
            error=f"{told.what} ({told.received})" if told is not None else "",
            failures=pace.failures,
            articles=feed.articles + new,
            etag=fetched.etag if not failed else feed.etag,
            last_modified=fetched.last_modified if not failed else feed.last_modified,
        )
        if fetched.moved_to and fetched.moved_to != feed.url:
            schedule.drop_feed(feed.url)
            after = replace(after, url=fetched.moved_to)
        schedule.put_feed(after)

    def _note_page(self, page: Wanted, fetched: Fetched) -> None:
        schedule = self._chronicle.store.schedule
        if fetched.arrival is not None or not (fetched.passing or fetched.retry_at):
            schedule.got([page.url])
            return
        tries = page.tries + 1
        if tries >= _MOST_TRIES:
            schedule.got([page.url])
            return
        due = fetched.retry_at or self._chronicle.clock() + _PAUSE * 2**tries
        error = fetched.problem.what if fetched.problem is not None else page.error
        schedule.put_wanted(replace(page, tries=tries, due=due, error=error))


def _as_asked(fetched: Fetched) -> Fetched:
    """What came, unless it is a page in the place of a feed, such as an offer of the domain; that is no article."""
    arrival, kind = fetched.arrival, fetched.job.kind
    if arrival is None or arrival.form != "page" or kind not in ("feed", "sitemap"):
        return fetched
    told = problem(
        f"A web page came in the place of a {kind}.",
        fetched.job.url,
        received=arrival.capture.media_type,
        allowed=f"a {kind}",
        next_step="look at the address; if the feed has moved, `diurna source add` the site and remove this one",
        severity="error",
    )
    return replace(fetched, arrival=None, problem=told)


def _dated(article: Article, published: Dating) -> Article:
    if article.published is not None and article.published.sureness >= published.sureness:
        return article
    return replace(article, published=published)
