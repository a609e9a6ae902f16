"""A published site follows from the chronicle alone: not from how the chronicle grew, and not from the site before."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diurna.ingest import Arrival, PageVersion
from diurna.model import Event, Judgement
from diurna.publish import site
from diurna.publish.site import publish_site
from diurna.runners import Chronicle
from tests.made_lists import (
    LAUNCH,
    LAUNCH_EDITED,
    POPE,
    PROTEST,
    QUAKE,
    VOTE,
    arrival,
    html,
    judged,
    lines,
    page,
    state,
    take,
)
from tests.publish.published import LAUNCH_PAGE, SAMPLES, add_files, differing, new_chronicle, published, tree

PICTURE = arrival("not really a picture", "picture", "https://yna.example/launch.jpg", media_type="image/jpeg")


class Grown:
    """A chronicle and its site, published after every step; each time the site must be the one made anew."""

    def __init__(self, folder: Path) -> None:
        self.chronicle = new_chronicle(folder / "chronicle")
        self.site = folder / "site"
        self._spare = folder / "anew"
        self._sites = 0

    def check(self) -> set[str]:
        """Publish; the paths of the files that were written or removed are answered."""
        before = tree(self.site) if self.site.exists() else {}
        times = {path: path.stat().st_mtime_ns for path in self.site.rglob("*") if path.is_file()}
        told = publish_site(self.chronicle.folder, self.site, workers=1)
        after = tree(self.site)
        self._sites += 1
        anew = published(self.chronicle.folder, self._spare / str(self._sites))
        assert differing(after, anew) == []
        kept = {path for path, time in times.items() if path.exists() and path.stat().st_mtime_ns == time}
        names = {path.relative_to(self.site).as_posix() for path in kept}
        files = {path for path in differing(before, after) if b"a folder" not in (before.get(path), after.get(path))}
        assert not files & names
        assert told.written + told.removed == len(files), "only what changed is written"
        return files

    def event(self, words: str) -> Event:
        """The one event whose headline has these words."""
        views = self.chronicle.store.views
        (found,) = [event for day, _ in views.days() for event in views.events_on(day) if words in event.headline]
        return found


@pytest.fixture
def grown(tmp_path: Path) -> Iterator[Grown]:
    made = Grown(tmp_path)
    take(
        made.chronicle,
        [state(1, ";Disasters", f"*{QUAKE}", ";Armed conflicts", "*[[Crisis]]", f"**{LAUNCH}", f"**{VOTE}")],
    )
    made.check()
    yield made
    made.chronicle.close()


def other_day(day: str, *items: str) -> Arrival:
    """A saved page of another day."""
    return arrival(page(*items, day=day), "portal", f"{day}.wiki")


# ---------------------------------------------------------------------------------------------------- each change


def test_nothing_new_writes_nothing(grown: Grown) -> None:
    assert grown.check() == set()


def test_one_more_day(grown: Grown) -> None:
    take(grown.chronicle, [other_day("2017|06|02", POPE)])
    written = grown.check()
    assert {"index.html", "index.atom", "news/2017/06/02/index.json", "news/2017/05/21/index.md"} <= written
    assert f"{grown.event('earthquake').permalink[1:]}.html" not in written
    take(grown.chronicle, [other_day("2016|12|31", PROTEST)])
    written = grown.check()
    assert {"news/2016/index.html", "news/2017/index.html", "news/2017/05/index.html", "search/2016-q4.json"} <= written
    assert "news/2017/06/index.html" not in written


def test_edited_item(grown: Grown) -> None:
    take(
        grown.chronicle,
        [state(2, ";Disasters", f"*{QUAKE}", ";Armed conflicts", "*[[Crisis]]", f"**{LAUNCH_EDITED}", f"**{VOTE}")],
    )
    path = grown.event("500 km").permalink[1:]
    assert f"{path}.html" in grown.check()


def test_withdrawn_item_takes_pages_of_its_own_with_it_and_brings_them_back(grown: Grown) -> None:
    items = (";Armed conflicts", "*[[Crisis]]", f"**{LAUNCH}", f"**{VOTE}")
    take(grown.chronicle, [state(2, *items)])
    written = grown.check()
    assert {
        "category/disasters.html",
        "category/disasters.atom",
        f"{grown.event('earthquake').permalink[1:]}.xml",
    } <= written
    assert not (grown.site / "category/disasters.html").exists()
    take(grown.chronicle, [state(3, ";Disasters", f"*{QUAKE}", *items)])
    assert "category/disasters.html" in grown.check()
    take(grown.chronicle, [state(4)])
    grown.check()
    assert list(grown.site.glob("topic/crisis*")) == []


def test_rename_merge_and_retraction(grown: Grown) -> None:
    launch, vote, quake = grown.event("missile"), grown.event("votes"), grown.event("earthquake")
    grown.chronicle.decide([judged(1, f"event:{launch.id}", "renamed", f"event:{launch.id}", "A second test")])
    assert f"{launch.permalink[1:]}.md" in grown.check()
    merge = judged(2, f"event:{launch.id}", "same", f"event:{vote.id}")
    grown.chronicle.decide([merge])
    written = grown.check()
    assert f"{launch.permalink[1:]}.html" in written
    assert 'http-equiv="refresh"' in (grown.site / f"{launch.permalink[1:]}.html").read_text()
    assert f"{quake.permalink[1:]}.html" not in written
    grown.chronicle.decide([judged(3, f"judgement:{merge.id}", "retracted", f"judgement:{merge.id}")])
    assert f"{launch.permalink[1:]}.html" in grown.check()


def test_page_names_the_events_nested_in_it_and_the_one_it_is_nested_in(grown: Grown) -> None:
    take(grown.chronicle, [state(2, f"*{POPE}", f"**{QUAKE}", f"*{VOTE}")])
    grown.check()
    parent, child = grown.event("Francis"), grown.event("earthquake")
    grown.chronicle.decide([judged(1, f"event:{child.id}", "renamed", f"event:{child.id}", "It shakes")])
    assert f"{parent.permalink[1:]}.html" in grown.check()
    grown.chronicle.decide([judged(2, f"event:{parent.id}", "renamed", f"event:{parent.id}", "Five are named")])
    assert f"{child.permalink[1:]}.html" in grown.check()
    take(grown.chronicle, [state(3, f"*{POPE}", f"*{VOTE}")])
    assert f"{parent.permalink[1:]}.json" in grown.check()


def test_related_page_drops_an_event_that_was_withdrawn(grown: Grown) -> None:
    second = "[[Tabriz]] counts the dead of an earthquake. [https://irna.example/second (IRNA)]"
    take(grown.chronicle, [state(2, f"*{QUAKE}", f"*{second}", f"*{VOTE}")])
    grown.check()
    quake, other = grown.event("kills two"), grown.event("counts the dead")
    shown = grown.site / f"{other.permalink[1:]}.html"
    assert quake.headline in shown.read_text()
    take(grown.chronicle, [state(3, f"*{second}", f"*{VOTE}")])
    assert f"{other.permalink[1:]}.html" in grown.check()
    assert quake.headline not in shown.read_text()


def test_last_event_of_a_day_merged_away_takes_the_day_with_it(grown: Grown) -> None:
    take(grown.chronicle, [other_day("2017|06|02", POPE)])
    grown.check()
    pope, vote = grown.event("Francis"), grown.event("votes")
    grown.chronicle.decide([judged(1, f"event:{pope.id}", "same", f"event:{vote.id}")])
    written = grown.check()
    assert {"news/2017/06/02/index.html", "news/2017/06/index.json", "news/2017/05/21/index.html"} <= written
    assert not (grown.site / "news/2017/06/02/index.html").exists()
    assert (grown.site / f"{pope.permalink[1:]}.html").exists()


def test_page_that_is_cited_gives_lede_and_picture_until_the_item_cites_another(grown: Grown) -> None:
    take(grown.chronicle, [LAUNCH_PAGE])
    path = f"{grown.event('missile').permalink[1:]}.html"
    assert path in grown.check()
    assert b"It flew for half an hour." in (grown.site / path).read_bytes()
    take(grown.chronicle, [PICTURE])
    picture = f"images/{PICTURE.capture.id}.jpg"
    assert grown.check() >= {picture, path}
    assert (grown.site / picture).read_bytes() == PICTURE.content
    other = LAUNCH.replace("https://yna.example/launch", "https://kbs.example/launch")
    take(
        grown.chronicle,
        [state(2, ";Disasters", f"*{QUAKE}", ";Armed conflicts", "*[[Crisis]]", f"**{other}", f"**{VOTE}")],
    )
    grown.chronicle.decide(
        [judged(1, grown.event("missile").members[0].ref, "apart", f"event:{grown.event('missile').id}")]
    )
    grown.check()


def test_picture_that_another_event_shows_stays(grown: Grown) -> None:
    second = html("https://irna.example/quake", "Quake", "It was felt far away.", "https://yna.example/launch.jpg")
    take(grown.chronicle, [LAUNCH_PAGE, PICTURE, second])
    assert f"images/{PICTURE.capture.id}.jpg" in grown.check()
    launch, quake, vote = grown.event("missile"), grown.event("earthquake"), grown.event("votes")
    grown.chronicle.decide([judged(1, f"event:{launch.id}", "same", f"event:{vote.id}")])
    grown.check()
    assert (grown.site / "images" / f"{PICTURE.capture.id}.jpg").exists()
    grown.chronicle.decide([judged(2, f"event:{quake.id}", "same", f"event:{vote.id}")])
    grown.check()


def test_topic_that_is_elsewhere_a_mere_link_keeps_a_whole_page(grown: Grown) -> None:
    take(grown.chronicle, [other_day("2017|06|02", f"The [[Crisis|long crisis]] reaches [[Tabriz]]. {VOTE}")])
    grown.check()


def test_state_that_says_the_same_again_is_counted(grown: Grown) -> None:
    items = (";Disasters", f"*{QUAKE}", ";Armed conflicts", "*[[Crisis]]", f"**{LAUNCH}", f"**{VOTE}")
    take(grown.chronicle, [arrival(page(*items) + "\n\n", "portal", "again.wiki")], "wiki.example")
    grown.check()


def test_subject_with_more_events_than_one_page_lists(grown: Grown, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("list_sections", "render", "build_subjects"):
        monkeypatch.setattr(f"diurna.publish.{module}.LISTED", 3)
    years = {year: [rain(year, number) for number in range(2)] for year in (2015, 2016, 2017)}
    take(grown.chronicle, [other_day("2015|01|02", *years[2015])])
    assert not any(path.startswith("context/perth/") for path in grown.check())
    take(grown.chronicle, [other_day(f"{year}|01|02", *years[year]) for year in (2016, 2017)])
    assert {"context/perth/2015.html", "context/perth/2017.json"} <= grown.check()
    take(grown.chronicle, [other_day("2020|01|02", rain(2020, 0), rain(2020, 1))])
    assert "context/perth/2015.html" in grown.check(), "the page of a year far off tells of all years"
    vote = grown.event("votes")
    for number in range(2):
        event = grown.event(f"Rain {number} falls on Perth in 2016")
        grown.chronicle.decide([judged(number, f"event:{event.id}", "same", f"event:{vote.id}")])
        grown.check()
    assert not (grown.site / "context/perth/2016.html").exists()


def rain(year: int, number: int) -> str:
    return f"Rain {number} falls on [[Perth]] in {year}. [https://rain.example/{year}-{number} (Rain)]"


# ---------------------------------------------------------------------------------------------------- any change

ITEMS = (
    LAUNCH,
    LAUNCH_EDITED,
    QUAKE,
    VOTE,
    POPE,
    PROTEST,
    "Storms reach [[Tabriz]] and [[Caracas]]. [https://wire.example/storms (Wire)]",
)
DAYS = ("2016|12|31", "2017|05|21", "2017|05|22", "2017|06|02")
HEADINGS = (
    (),
    (";Disasters",),
    (";Disasters", "*[[Crisis]]"),
    (";Armed conflicts", "*[[North Korea]]", "**[[Crisis]]"),
)
PAGES = tuple(
    html(address, f"Page {number}", f"Words of {address}.", picture)
    for number, (address, picture) in enumerate(
        (
            ("https://yna.example/launch", "https://yna.example/launch.jpg"),
            ("https://irna.example/quake", "https://yna.example/launch.jpg"),
            ("https://wire.example/storms", "https://wire.example/storm.png"),
        )
    )
)
PICTURES = tuple(
    arrival(f"picture {at}", "picture", at, media_type="image/jpeg")
    for at in ("https://yna.example/launch.jpg", "https://wire.example/storm.png")
)

steps = st.lists(
    st.tuples(
        st.sampled_from(
            ("day", "day", "day", "line", "page", "picture", "rename", "merge", "apart", "retract", "rebuild")
        ),
        st.integers(0, 2**16),
        st.integers(0, 2**16),
    ),
    min_size=1,
    max_size=8,
)


def step(chronicle: Chronicle, number: int, kind: str, one: int, other: int) -> None:
    """The n-th thing to happen to a chronicle; what has no object yet does not happen."""
    views = chronicle.store.views
    events = [event for day, _ in views.days() for event in views.events_on(day)]
    first, second = (events[one % len(events)], events[other % len(events)]) if events else (None, None)
    match kind:
        case "day":
            chosen = [item for place, item in enumerate(ITEMS) if other >> place & 1 and place != 1]
            chosen = [LAUNCH_EDITED if item is LAUNCH and other >> 1 & 1 else item for item in chosen]
            headings = HEADINGS[one // 4 % 4]
            depth = "*" * (sum(heading.startswith("*") for heading in headings) + 1)
            nested = one // 16 % 2
            items = [f"{depth}{'*' * (nested and place % 2)}{item}" for place, item in enumerate(chosen)]
            version = PageVersion(site="wiki.example", title="A day", number=number + one // 32 % 3, available=None)
            content = page(*headings, *items, day=DAYS[one % 4])
            take(chronicle, [arrival(content, "portal", f"https://wiki.example/?oldid={number}", page=version)])
        case "line":
            words = ("A dam breaks near [[Tabriz]].", "Engineers close the sluices.", "Rain falls on [[Perth]].")[
                one % 3
            ]
            entry: dict[str, object] = {
                "date": DAYS[other % 4].replace("|", "-"),
                "id": f"k{other // 4 % 2}",
                "list": "desk",
            }
            entry |= (
                {"withdrawn": True} if other // 8 % 4 == 0 else {"text": words, "entities": ["Crisis"] * (one // 3 % 2)}
            )
            take(chronicle, [lines(f"{number}.jsonl", entry)])
        case "page":
            take(chronicle, [PAGES[one % len(PAGES)]])
        case "picture":
            take(chronicle, [PICTURES[one % len(PICTURES)]])
        case "rename" if first:
            chronicle.decide([judged(number, f"event:{first.id}", "renamed", f"event:{first.id}", f"Name {other % 5}")])
        case "merge" if first and second and first is not second:
            chronicle.decide([judged(number, f"event:{first.id}", "same", f"event:{second.id}")])
        case "apart" if first:
            chronicle.decide(
                [judged(number, first.members[other % len(first.members)].ref, "apart", f"event:{first.id}")]
            )
        case "retract":
            said = [
                fact
                for _, fact in chronicle.store.facts.scan(Judgement)
                if isinstance(fact, Judgement) and fact.by_person
            ]
            if said:
                target = f"judgement:{said[one % len(said)].id}"
                chronicle.decide([judged(number, target, "retracted", target)])
        case "rebuild":
            chronicle.rebuild()


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=steps, every=st.integers(1, 3))
def test_site_is_the_one_made_anew_whatever_happened(
    steps: list[tuple[str, int, int]], every: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    grown = Grown(tmp_path_factory.mktemp("grown"))
    with grown.chronicle:
        for number, (kind, one, other) in enumerate(steps, 1):
            step(grown.chronicle, number, kind, one, other)
            if number % every == 0 or number == len(steps):
                grown.check()
        before = tree(grown.site)
        grown.chronicle.rebuild()
        grown.check()
        assert differing(before, tree(grown.site)) == []


# ---------------------------------------------------------------------------------------------------- the sample days


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Chronicle of the sample days and its site."""
    folder = tmp_path_factory.mktemp("samples")
    with new_chronicle(folder / "chronicle") as chronicle:
        add_files(chronicle, [SAMPLES])
    return folder / "chronicle", published(folder / "chronicle", folder / "site")


@pytest.mark.slow
def test_rebuilt_chronicle_gives_the_same_site(samples: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    folder, whole = samples
    shutil.copytree(folder, tmp_path / "chronicle")
    with Chronicle(tmp_path / "chronicle") as chronicle:
        chronicle.rebuild()
    assert differing(whole, published(tmp_path / "chronicle", tmp_path / "site")) == []


@pytest.mark.slow
@pytest.mark.parametrize("cut", [1, 9])
def test_input_in_two_halves_gives_the_same_site(
    samples: tuple[Path, dict[str, bytes]], tmp_path: Path, cut: int
) -> None:
    files = sorted(SAMPLES.iterdir())
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        add_files(chronicle, files[:cut])
        published(chronicle.folder, tmp_path / "site")
        add_files(chronicle, files[cut:])
    assert differing(samples[1], published(tmp_path / "chronicle", tmp_path / "site")) == []


@pytest.mark.slow
def test_one_process_and_two_give_the_same_site(samples: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    folder, whole = samples
    told = publish_site(folder, tmp_path / "site", workers=2)
    assert told.pages > site._WORTH_PROCESSES, "processes were used"
    assert differing(whole, tree(tmp_path / "site")) == []


def test_lines_cut_in_the_middle_give_the_same_site(tmp_path: Path) -> None:
    entries = [
        {
            "date": f"2017-05-{day:02}",
            "id": f"{day}-{number}",
            "text": f"Rain {number} falls on day {day}.",
            "entities": ["Rain", f"Town {day % 3}"],
        }
        for day in range(1, 9)
        for number in range(3)
    ]
    rows = [json.dumps(entry) + "\n" for entry in entries]
    sites = []
    for name, parts in (("once", [rows]), ("twice", [rows[:11], rows[11:]])):
        folder = tmp_path / name
        with new_chronicle(folder) as chronicle:
            for number, part in enumerate(parts):
                (tmp_path / f"{name}{number}.jsonl").write_text("".join(part))
                add_files(chronicle, [tmp_path / f"{name}{number}.jsonl"], "rain")
                published(folder, tmp_path / f"site-{name}")
        sites.append(tree(tmp_path / f"site-{name}"))
    assert differing(*sites) == []


def test_an_older_copy_that_went_its_own_way_leaves_nothing_of_the_newer_site(tmp_path: Path) -> None:
    folder, older, target = tmp_path / "chronicle", tmp_path / "older", tmp_path / "site"
    with new_chronicle(folder) as chronicle:
        take(chronicle, [state(1, ";Armed conflicts", f"*{LAUNCH}")])
    shutil.copytree(folder, older)
    with Chronicle(folder) as chronicle:
        take(chronicle, [state(2, ";Armed conflicts", f"*{LAUNCH}", ";Disasters", f"*{QUAKE}")])
    published(folder, target)
    with Chronicle(older) as chronicle:
        take(chronicle, [state(3, ";Armed conflicts", f"*{LAUNCH}", f"*{VOTE}")])
        chronicle.rebuild()
        chronicle.rebuild()
    assert differing(published(older, target), published(older, tmp_path / "anew")) == []
