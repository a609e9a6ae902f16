"""One article's words are taken out of bytes that others share, or it is said that this cannot be done."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from diurna.extract.redaction import without_article

ADDRESS = "https://coast.example/a/17"
TITLE = "Ferry Aurora runs aground"

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Coast</title>
<item><title>Market sells out</title><link>https://coast.example/a/18</link></item>
<item about="x"><title>{TITLE}</title><link>http://www.coast.example/a/17?utm_source=rss#top</link></item>
<item><title>Bridge opens</title><link>https://coast.example/a/175</link></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Coast</title>
<entry><title>{TITLE}</title><link href="https://coast.example/a/17?a=1&amp;utm_medium=x"/><summary>Tugs.</summary></entry>
<atom:entry><title>Bridge</title><link href="https://coast.example/b"/></atom:entry></feed>"""


def redact(text: str, form: str, *addresses: str, words: tuple[str, ...] = (TITLE,)) -> str | None:
    left = without_article(text.encode(), form, addresses, words)
    return None if left is None else left.decode()


def test_items_that_name_the_address_go_and_others_stay() -> None:
    left = redact(RSS, "feed", ADDRESS)
    assert left is not None
    titles = [title.text for title in etree.fromstring(left.encode()).iter("title")]
    assert titles == ["Coast", "Market sells out", "Bridge opens"]
    assert "aground" not in left


def test_entries_of_atom_go_by_address_or_by_title() -> None:
    for address in ("https://coast.example/a/17?a=1", "https://elsewhere.example/"):
        left = redact(ATOM, "feed", address)
        assert left is not None
        assert ("Tugs" in left, "Bridge" in left) == (False, True)


def test_escaped_titles_are_found() -> None:
    title = "Ship & crew <safe>"
    item = "<item><title>Ship &amp; crew &lt;safe&gt;</title><guid>7</guid></item>"
    left = redact(f"<rss><channel>{item}<item><guid>8</guid></item></channel></rss>", "feed", "u:x", words=(title,))
    assert left == "<rss><channel><item><guid>8</guid></item></channel></rss>"


def test_lines_keep_their_numbers() -> None:
    lines = [
        json.dumps({"title": "Market", "url": "https://coast.example/a/18"}),
        json.dumps({"title": TITLE, "url": ADDRESS}).replace("/", "\\/"),
        "",
        json.dumps({"title": "Bridge", "id": "b"}),
    ]
    assert redact("\n".join(lines), "articles", ADDRESS) == "\n".join([lines[0], "", "", lines[3]])


def test_lines_go_by_the_title_where_they_have_no_address() -> None:
    """An article without an address of its own has a made one, which stands nowhere in the line."""
    lines = [json.dumps({"title": TITLE, "id": "a"}), json.dumps({"title": "Bridge", "id": "b"})]
    assert redact("\n".join(lines), "articles", "urn:article:unnamed:a") == f"\n{lines[1]}"


def test_line_with_escaped_letters_goes_too() -> None:
    title = "Fähre läuft auf Grund"
    lines = [json.dumps({"title": title, "id": "a"}), json.dumps({"title": "Brücke", "id": "b"})]
    assert "\\u" in lines[0]
    assert redact("\n".join(lines), "articles", "urn:article:unnamed:a", words=(title,)) == f"\n{lines[1]}"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (RSS.replace(">Coast<", f">Coast: {TITLE}<"), "feed"),  # the words stand outside of every item
        (RSS, "page"),
        (RSS, "sitemap"),
        ("<rss><channel><item><link>https://coast.example/x</link></item></channel></rss>", "feed"),
        (f"<rss><channel><item><title>{TITLE}</title>", "feed"),
        ("", "feed"),
        ("", "articles"),
    ],
)
def test_what_cannot_be_told_apart_is_said(text: str, form: str) -> None:
    assert redact(text, form, ADDRESS) is None


@given(st.binary(max_size=200), st.sampled_from(["articles", "feed", "page"]))
def test_any_bytes_are_taken(content: bytes, form: str) -> None:
    left = without_article(content, form, [ADDRESS], [TITLE])
    assert left is None or TITLE.encode() not in left


def test_bytes_that_are_no_utf8_stay_as_they_are() -> None:
    raw = b'{"title": "Bridge \xff\xe9", "id": "b"}\n' + json.dumps({"title": TITLE, "url": ADDRESS}).encode()
    assert without_article(raw, "articles", [ADDRESS], [TITLE]) == b'{"title": "Bridge \xff\xe9", "id": "b"}\n'


def test_items_of_a_json_feed_go_too() -> None:
    items = [{"id": "1", "url": ADDRESS, "title": TITLE}, {"id": "2", "url": "https://coast.example/b", "title": "B"}]
    left = redact(
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "C", "items": items}), "feed", ADDRESS
    )
    assert left is not None
    assert json.loads(left) == {"version": "https://jsonfeed.org/version/1.1", "title": "C", "items": items[1:]}
    for odd in ('{"items": 7}', "{", '{"items": [' + "[" * 10_000):
        assert redact(odd, "feed", ADDRESS) is None


def test_words_that_are_escaped_elsewhere_are_found_too() -> None:
    title = "Fähre läuft auf Grund"
    lines = [json.dumps({"title": title, "url": ADDRESS}), json.dumps({"title": "B", "text": f"Mehr: {title}."})]
    lines.append(json.dumps({"title": "C", "text": "F&auml;hre\nl\u00e4uft auf  Grund"}).replace("\\\\u", "\\u"))
    assert redact("\n".join(lines), "articles", ADDRESS, words=(title,)) == "\n\n"


def test_hostile_feed_takes_no_longer_than_its_length() -> None:
    many = "<item>" * 50_000 + "<entry " * 20_000 + "</item" * 20_000
    started = time.monotonic()
    assert without_article(many.encode(), "feed", [ADDRESS], [TITLE]) is None
    assert time.monotonic() - started < 5
