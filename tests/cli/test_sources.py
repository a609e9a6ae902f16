"""`source`: feeds are added, listed with their health, checked and removed; OPML goes in and out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Call, told
from tests.ingest.feed_servers import FeedHost, FeedServers, answer, in_turn
from tests.made_articles import FERRY, feed_of, page_of

FETCH = (
    '[fetch]\nallow_addresses = ["127.0.0.0/8"]\ndelay = 0.01\nbatch_seconds = 0.05\ntime_limit = 20.0\nretries = 0\n'
)


@pytest.fixture
def web() -> Iterator[FeedHost]:
    with FeedServers(count=1, start=80) as servers:
        yield servers.hosts[0]


@pytest.fixture
def call(call: Call, home: Path) -> Call:
    """`call` on an empty chronicle that may ask this machine."""
    assert call("init").exit_code == 0
    settings = home / "diurna.toml"
    written = settings.read_text(encoding="utf-8")
    assert "[fetch]" not in written
    settings.write_text(written + FETCH, encoding="utf-8")
    return call


def offer(web: FeedHost, path: str = "/feed") -> str:
    """A feed with one item whose page is there."""
    page = web.feed("/ferry", answer(page_of("x", "Ferry runs aground", FERRY).content, "text/html"))
    return web.feed(path, answer(feed_of(web.url(path), (page, "Ferry runs aground", "It ran aground.", "")).content))


def test_feed_is_added_listed_checked_and_removed(call: Call, web: FeedHost) -> None:
    feed = offer(web)
    added = told(call("source", "add", feed, "--name", "Coast", "--country", "gb", "--kind", "newspaper", "--json"))
    assert [each["url"] for each in added["added"]] == [feed]
    assert told(call("source", "add", feed, "--json"))["added"] == []
    (listed,) = told(call("source", "list", "--json"))["feeds"]
    assert (listed["url"], listed["name"], listed["articles"]) == (feed, "Coast", 0)
    publisher = listed["publisher"]
    assert (publisher["name"], publisher["country"], publisher["kind"]) == ("Coast", "GB", "newspaper")
    assert "never" in call("source", "list").stdout
    (checked,) = told(call("source", "check", "--json"))
    assert (checked["kind"], checked["items"], checked["problems"]) == ("feed", 1, [])
    assert call("source", "check", feed).exit_code == 0
    assert told(call("source", "list", "--json"))["feeds"] == [listed], "checking keeps nothing"
    removed = call("source", "remove", feed)
    assert (removed.exit_code, removed.stdout.split()[0]) == (0, feed)
    assert told(call("source", "list", "--json"))["feeds"] == []
    assert call("source", "remove", feed).exit_code == 2


def test_description_is_told_anew_field_by_field(call: Call, web: FeedHost) -> None:
    feed = offer(web)
    call("source", "add", feed, "--name", "Coast", "--language", "sv", "--unseen")
    call("source", "add", feed, "--kind", "agency", "--unseen")
    (listed,) = told(call("source", "list", "--json"))["feeds"]
    publisher = listed["publisher"]
    assert (publisher["name"], publisher["language"], publisher["kind"]) == ("Coast", "sv", "agency")


def test_feeds_that_a_site_names_are_taken(call: Call, web: FeedHost) -> None:
    feed = offer(web)
    links = (
        '<link rel="alternate" type="application/rss+xml" href="/feed"><meta property="og:site_name" content="Coast">'
    )
    home = web.feed("/", answer(f"<html lang='sv'><head>{links}</head><body></body></html>", "text/html"))
    added = told(call("source", "add", home, "--json"))
    assert [(each["url"], each["name"]) for each in added["added"]] == [(feed, "Coast")]


def test_feed_that_lies_elsewhere_belongs_to_the_site_that_names_it(call: Call) -> None:
    with FeedServers(count=2, start=90) as servers:
        site, elsewhere = servers.hosts
        feed = elsewhere.feed("/coast")
        head = f'<link rel="alternate" type="application/rss+xml" href="{feed}">'
        site.feed("/", answer(f"<html><head>{head}<title>Coast</title></head></html>", "text/html"))
        assert call("source", "add", site.url("/"), "--country", "SE").exit_code == 0
    (listed,) = told(call("source", "list", "--json"))["feeds"]
    assert (listed["url"], listed["source"]) == (feed, site.address)
    assert (listed["publisher"]["name"], listed["publisher"]["country"]) == ("Coast", "SE")


def test_what_is_no_feed_and_what_does_not_answer_is_told(call: Call, web: FeedHost) -> None:
    page = web.feed("/plain", answer("<html><body>Nothing here</body></html>", "text/html"))
    gone = web.url("/gone")
    result = call("source", "add", page, gone, "--json")
    assert result.exit_code == 3
    assert [each["url"] for each in told(result)["failed"]] == [page, gone]
    assert told(call("source", "list", "--json"))["feeds"] == []
    said = call("source", "add", page)
    assert "names none" in said.stdout
    unseen = call("source", "add", gone, "--unseen")
    assert unseen.exit_code == 0, unseen.output
    checked = call("source", "check")
    assert checked.exit_code == 1
    assert "404" in checked.stdout


@pytest.mark.parametrize(
    "words", [("no/such.opml",), ("https://a.example/", "https://b.example/", "--name", "X", "--unseen")]
)
def test_wrong_calls_are_refused(call: Call, words: tuple[str, ...]) -> None:
    assert call("source", "add", *words).exit_code == 2
    assert told(call("source", "list", "--json"))["feeds"] == []


def test_opml_goes_out_and_comes_back(call: Call, tmp_path: Path) -> None:
    feeds = [f"https://host{number}.example/feed?a=1&b={number}" for number in range(3)]
    for number, feed in enumerate(feeds):
        call(
            "source",
            "add",
            feed,
            "--name",
            f"Paper <{number}> & Co",
            "--country",
            "SE",
            "--kind",
            "newspaper",
            "--unseen",
        )
    file = tmp_path / "feeds.opml"
    file.write_text(call("source", "list", "--opml").stdout, encoding="utf-8")
    other = ["--chronicle", str(tmp_path / "other")]
    assert call(*other, "init").exit_code == 0
    assert len(told(call(*other, "source", "add", file, "--json"))["added"]) == 3
    assert len(told(call(*other, "source", "add", file, "--json"))["known"]) == 3
    listed = told(call(*other, "source", "list", "--json"))["feeds"]
    before = told(call("source", "list", "--json"))["feeds"]
    assert [(each["url"], each["name"], each["source"]) for each in listed] == [
        (each["url"], each["name"], each["source"]) for each in before
    ]
    assert [each["publisher"] for each in listed] == [each["publisher"] for each in before]
    assert listed[1]["publisher"]["country"] == "SE"
    third = ["--chronicle", str(tmp_path / "third")]
    call(*third, "init")
    added = call(*third, "add", file)
    assert added.exit_code == 0, added.output
    assert "from now on: 3" in added.stderr
    assert [each["publisher"] for each in told(call(*third, "source", "list", "--json"))["feeds"]] == [
        each["publisher"] for each in before
    ]


def test_health_follows_updates(call: Call, web: FeedHost) -> None:
    feed = offer(web)
    body = feed_of(feed, (web.url("/ferry"), "Ferry runs aground", "It ran aground.", "")).content
    web.feed("/feed", in_turn(answer(body), answer("no", status=503)))
    call("source", "add", feed, "--unseen")
    updated = told(call("update", "--json"))
    assert (updated["addresses_asked"], updated["captures"], updated["articles"]) == (2, 2, 1), updated
    (listed,) = told(call("source", "list", "--json"))["feeds"]
    assert (listed["failures"], listed["error"], listed["articles"] > 0) == (0, "", True)
    assert listed["succeeded"] == listed["changed"] == listed["asked"]
    assert listed["due"] > listed["asked"]
    assert told(call("update", "--json"))["addresses_asked"] == 0, "it is not due"
    failed = call("update", "--all", "--json")
    assert failed.exit_code == 3
    (after,) = told(call("source", "list", "--json"))["feeds"]
    assert (after["failures"], "503" in after["error"], after["succeeded"]) == (1, True, listed["succeeded"])
