"""robots.txt: what is kept of it, what it allows, what a hostile one costs."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protego import Protego
from yarl import URL

from diurna.ingest.fetch_settings import FetchSettings
from diurna.ingest.robots import Rules, lines_for_us, robots_url

SETTINGS = FetchSettings()
TEXT = """\
# For all
User-agent: *
Disallow: /all
Crawl-delay: 5

User-agent: OtherBot
Disallow: /

User-agent: OtherBot
User-agent: diurna/1.0
Allow: /us/open
Disallow: /us
Crawl-delay: 2.5

Sitemap: https://news.example/sitemap.xml
User-agent: Last
Disallow: /us/open
"""


def rules(text: str | bytes) -> Rules:
    content = text.encode() if isinstance(text, str) else text
    return Rules(lines_for_us(content, SETTINGS), SETTINGS)


def allows(text: str | bytes, path: str) -> bool:
    return rules(text).allows(URL("https://news.example" + path))


def test_our_own_group_counts() -> None:
    assert allows(TEXT, "/all")
    assert not allows(TEXT, "/us")
    assert allows(TEXT, "/us/open")
    assert rules(TEXT).delay == 2.5
    assert rules(TEXT).sitemaps == ("https://news.example/sitemap.xml",)


def test_others_groups_are_not_kept() -> None:
    kept = lines_for_us(TEXT.encode(), SETTINGS)
    assert "OtherBot" not in kept
    assert "Last" not in kept
    assert kept.count("/us/open") == 1


def test_group_for_all_counts_where_none_is_ours() -> None:
    assert not allows("User-agent: *\nDisallow: /a\n\nUser-agent: Other\nDisallow: /b\n", "/a")
    assert allows("User-agent: *\nDisallow: /a\n\nUser-agent: Other\nDisallow: /b\n", "/b")


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", False),
        ("USER-AGENT:DIURNA\nDISALLOW:/", False),
        ("User agent *\nDisallow /", False),
        ("User-agent: *\n\n\nDisallow: /", False),
        ("User-agent: *\nUser-agent: other\nDisallow: /", False),
        ("User-agent: other\nUser-agent: *\nDisallow: /", False),
        ("User-agent: diurnal\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\nUser-agent: diurna\nAllow: /", True),
        ("User-agent: *\nDisallow: /*.xml$", False),
        ("User-agent: *\nDisallow: /*.xml$\nAllow: /feed", False),
        ("User-agent: *\nAllow: /feed.xml\nDisallow: /feed", True),
        ("User-agent: *\nDisallow: /%66eed", False),
        ("<!DOCTYPE html><title>Not found</title>", True),
        ("\x00\xff\xfe nonsense", True),
        ("Disallow: /", True),
    ],
)
def test_what_is_allowed(text: str, allowed: bool) -> None:
    assert allows(text, "/feed.xml") is allowed


_LINES = st.sampled_from(
    [
        "User-agent: *",
        "User-agent: Diurna",
        "User-agent: other",
        "User agent *",
        "Disallow: /a",
        "Allow: /a/b",
        "allow /a",
        "Disallow: /",
        "Crawl-delay: 3",
        "Sitemap: https://a.example/s.xml",
        "Host: a.example",
        "noise",
        "noise: 1",
        "# note",
        "",
    ]
)


@given(st.lists(_LINES, max_size=12))
@settings(deadline=None)
def test_leaving_out_others_groups_changes_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    whole = Protego.parse(text)
    for path in ("/", "/a", "/a/b", "/c"):
        assert allows(text, path) == whole.can_fetch("https://news.example" + path, "Diurna")
    assert rules(text).delay == min(whole.crawl_delay("Diurna") or SETTINGS.delay, SETTINGS.max_delay)


def test_only_the_beginning_is_read() -> None:
    head, rule = "User-agent: *\nDisallow: /a\n", "Disallow: /b\n"
    text = head + "#" * (SETTINGS.max_robots_bytes - len(head) - 4) + "\n" + rule
    assert not allows(text, "/a")
    assert allows(text, "/b")
    cut = head + "#" * (SETTINGS.max_robots_bytes - len(head) - 12) + "\n" + "Disallow: /xyz\n"
    assert allows(cut, "/x")  # half a rule is no rule


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: a{number}\n" for number in range(12_000))
        + "".join(f"Disallow: /{number}\n" for number in range(12_000)),
        "".join(f"User-agent a{number}\nUser-agent *\n" for number in range(5_000))
        + "".join(f"Disallow: /{number}\n" for number in range(9_000)),
        "User-agent: *\nDisallow: /" + "*a" * 200_000 + "*b$\n",
        "User-agent: *\n" + "".join(f"Disallow: /*a{number}*b$\n" for number in range(25_000)),
        "User-agent: *\n" + "".join(f"Disallow: /*a{number}*b$\n" for number in range(1_999)),
    ],
)
def test_hostile_files_cost_little(text: str) -> None:
    begun = time.process_time()
    found = rules(text)
    for _ in range(3):
        found.allows(URL("https://news.example/" + "a" * 2000))
    assert time.process_time() - begun < 3


def test_host_with_too_many_wildcards_is_left_alone() -> None:
    text = "User-agent: *\n" + "".join(f"Disallow: /{number}*\n" for number in range(2_001))
    assert rules(text).too_many
    assert not allows(text, "/feed")


def test_delay_is_bounded() -> None:
    assert rules("User-agent: *\nCrawl-delay: 1e300").delay == SETTINGS.max_delay
    assert rules("User-agent: *\nCrawl-delay: nan").delay == SETTINGS.delay
    assert rules("User-agent: *\nCrawl-delay: -5").delay == SETTINGS.delay
    assert rules("").delay == SETTINGS.delay


def test_where_it_lies() -> None:
    assert str(robots_url(URL("http://news.example:8080/a/b?c#d"))) == "http://news.example:8080/robots.txt"
