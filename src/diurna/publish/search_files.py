"""Files of the search: of a quarter that changed, what stands there and what changed make the new one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from diurna.model import Article, Event, Report
from diurna.publish.article_lines import title_words
from diurna.publish.paths import site_path
from diurna.publish.render import Rendered, Renderer
from diurna.publish.ripples import stood_under
from diurna.publish.search_index import (
    INDEX_NAME,
    SearchRecord,
    SearchShard,
    encode_index,
    encode_shard,
    read_index,
    read_shard,
    shard_name,
)
from diurna.store.interface import Store, Views

__all__ = ["put_search"]

_Quarters = dict[str, list[SearchRecord]]


def put_search(store: Store, refs: Sequence[str], renderer: Renderer, done: Rendered, *, fresh: bool) -> None:
    """Stage the search files of the quarters that changed, and the list of all; with `fresh` every quarter's."""
    known = {} if fresh else _known(renderer.site)
    if not known:  # gone, damaged or of another version: every quarter is written again
        refs = [f"day:{day}" for day, _ in store.views.days()]
        refs += [f"article:{report.id}" for report in store.views.scan_reports()]
    files = _Files(renderer.site, known)
    quarters = {**_of_events(store.views, refs, files), **_of_articles(store, refs, files)}
    for name, records in sorted(quarters.items()):
        if records:
            shard, content = encode_shard(records)
            known[name] = shard
            renderer.put(f"search/{name}.json", content, done)
        elif known.pop(name, None):
            done.removed.append(f"search/{name}.json")
    renderer.put(f"search/{INDEX_NAME}", encode_index(known.values()), done)


def _known(site: Path) -> dict[str, SearchShard]:
    try:
        return {shard.name: shard for shard in read_index((site / "search" / INDEX_NAME).read_bytes())}
    except (OSError, msgspec.DecodeError):
        return {}


class _Files:
    """The files as they stand in the site."""

    def __init__(self, site: Path, known: Mapping[str, SearchShard]) -> None:
        self.site = site
        self._known = dict(known)

    def without(self, name: str, pages: set[str]) -> list[SearchRecord] | None:
        """A file's records but those of some pages; None where there is no file, or another than the list has."""
        shard = self._known.get(name)
        try:
            records = read_shard(shard, (self.site / "search" / f"{name}.json").read_bytes()) if shard else None
        except OSError:
            return None
        return [record for record in records if record.url not in pages] if records is not None else None


# ---------------------------------------------------------------------------------------------------- events


def _of_events(views: Views, refs: Sequence[str], files: _Files) -> _Quarters:
    """Records of the quarters in which days changed. An event that changed has its day among them, now and before."""
    names = {shard_name(ref.removeprefix("day:")) for ref in refs if ref.startswith("day:")}
    asked = [ref.removeprefix("event:") for ref in refs if ref.startswith("event:")]
    changed = views.events(asked) if names else {}
    pages = {_url(event.permalink) for event in changed.values()}
    found: _Quarters = {}
    for name in names:
        # Of an event that is there no more nobody knows the page.
        standing = files.without(name, pages) if len(changed) == len(asked) else None
        if standing is None:
            found[name] = [_event_record(event) for day in _days_of(views, name) for event in views.events_on(day)]
        else:
            here = (event for event in changed.values() if shard_name(event.day.isoformat()) == name)
            found[name] = standing + [_event_record(event) for event in here if event.status != "merged"]
    return found


def _days_of(views: Views, quarter: str) -> Iterator[date]:
    year, part = int(quarter[:4]), int(quarter[-1])
    for month in range(part * 3 - 2, part * 3 + 1):
        yield from (day for day, _ in views.days(f"{year:04}-{month:02}"))


def _event_record(event: Event) -> SearchRecord:
    return SearchRecord(
        url=_url(event.permalink),
        title=event.headline,
        text=event.lede.text if event.lede else "",
        date=event.day.isoformat(),
        category=event.category,
        contexts=tuple(dict.fromkeys(tag.name for tag in event.entities)),
    )


# ---------------------------------------------------------------------------------------------------- articles


def _of_articles(store: Store, refs: Sequence[str], files: _Files) -> _Quarters:
    """Records of the quarters in which changed articles stand, or stood."""
    asked = [ref.removeprefix("article:") for ref in refs if ref.startswith("article:")]
    changed = [report for identifier in asked if (report := store.views.report(identifier)) is not None]
    names = {_quarter(report) for report in changed}
    names |= {shard_name(stood_under(report, files.site), "article") for report in changed}
    pages = {_url(report.permalink) for report in changed}
    found: _Quarters = {}
    for name in names:
        standing = files.without(name, pages)
        if standing is not None:
            found[name] = standing
    for part, some in ((changed, found.keys()), (store.views.scan_reports(), names - found.keys())):
        if some:
            for name, reports in _current_in(set(some), part).items():
                found.setdefault(name, []).extend(_article_records(reports, store))
    return found


def _current_in(names: set[str], reports: Iterable[Report]) -> dict[str, list[Report]]:
    """The current ones among reports, by the files that they belong into."""
    found: defaultdict[str, list[Report]] = defaultdict(list)
    found.update({name: [] for name in names})
    for report in reports:
        name = _quarter(report)
        if name in names and report.status == "current":
            found[name].append(report)
    return found


def _article_records(reports: Sequence[Report], store: Store) -> Iterator[SearchRecord]:
    known = store.facts.get_many(Article, [report.current for report in reports])
    for report in reports:
        article = known.get(report.current)
        if article is not None:
            source = store.views.source(report.source)
            yield SearchRecord(
                url=_url(report.permalink),
                title=title_words(report, article),
                text=article.lede,
                date=_iso(report),
                publisher=source.name if source and source.name else report.host,
            )


def _quarter(report: Report) -> str:
    return shard_name(_iso(report), "article")


def _iso(report: Report) -> str:
    return report.day.isoformat() if report.day else ""


def _url(permalink: str) -> str:
    return f"{site_path(permalink)}.html"
