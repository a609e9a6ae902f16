"""Kinds of input are told by content; names only break ties."""

import bz2
import gzip

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from diurna.ingest import recognise
from diurna.ingest.recognise import HEAD_BYTES, refusal

PORTAL = "{{Current events|year=2017|month=05|day=5|content=\n;Disasters\n*A ship sinks. [http://a.example (A)]\n}}"


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (PORTAL.encode(), "x", "portal"),
        (PORTAL.encode(), "x.html", "portal"),
        (PORTAL.encode(), "x.jsonl.txt", "portal"),
        (PORTAL.encode("utf-8-sig"), "x", "portal"),
        (PORTAL.encode("utf-16"), "x", "portal"),
        (PORTAL.replace("\n", "\r\n").encode(), "x", "portal"),
        (b"<!-- items -->\n*[[A]] b. [http://a.example (A)]", "x", "portal"),
        (b"'''Sport'''\n*[[A]] wins.", "x", "portal"),
        (b"Prose alone, saved as wikitext", "day.wiki", "portal"),
        (b"Prose alone", "day.txt", "text"),
        (b'\n{"date": "2017-05-05", "text": "A."}\n', "x", "entries"),
        (b'\xef\xbb\xbf{"date": "2017-05-05", "text": "A."}\n', "x", "entries"),
        (b'{"date": "2017-05-05", "text": "' + b"a" * HEAD_BYTES, "x", "entries"),
        (b'{"other": 1}\n{"date": "2017-05-05", "text": "A."}\n', "x", "entries"),
        (b'{"other": 1}\n', "x.jsonl", "entries"),
        (b'{"date": broken\n', "x.ndjson", "entries"),
        (b'{"other": 1}\n', "x", "json"),
        (b'[\n {"date": "2017-05-05", "text": "A."}]', "x", "json"),
        (b'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">', "x.html", "export"),
        (b'<?xml version="1.0"?>\n<!-- c --><mediawiki version="0.3">', "x", "export"),
        (b"<!DOCTYPE html><title>T</title>", "x", "page"),
        (b"\n<!-- saved -->\n<HTML lang=en>", "x.wiki", "page"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "x", "page"),
        (b"<meta charset=utf-8><title>T</title>", "x", "page"),
        (b"<p>Some text</p>", "x.html", "page"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "x", "warc"),
        (gzip.compress(b"x", mtime=0), "x.html", "gzip"),
        (bz2.compress(b"x"), "x", "bzip2"),
        (zstandard.compress(b"x"), "x", "zstd"),
        (b"", "x.wiki", "empty"),
        (b"\xef\xbb\xbf \n", "x.wiki", "empty"),
        (b'<?xml version="1.0"?><rss version="2.0">', "x", "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "x", "feed"),
        (b'<?xml version="1.0"?><urlset>', "x", "sitemap"),
        (b'<?xml version="1.0"?><other>', "x", "xml"),
        (b"%PDF-1.7", "x.html", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "x.wiki", "picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "x", "picture"),
        (b"PK\x03\x04", "x", "zip"),
        (b"SQLite format 3\0", "x", "database"),
        (bytes(range(256)) * 4, "x.wiki", "binary"),
        (b"\0\0\0\0", "x", "binary"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", "x.mhtml", "mhtml"),
        (b"body { color: red }", "style.css", "code"),
    ],
)
def test_kind_follows_from_content(head: bytes, name: str, kind: str) -> None:
    assert recognise(head, name) == kind


@given(st.binary(max_size=400), st.text(max_size=12))
def test_any_bytes_are_of_some_kind_that_is_read_or_told(head: bytes, name: str) -> None:
    kind = recognise(head, name)
    if kind not in {"portal", "entries", "export", "page", "warc", "gzip", "bzip2", "zstd"}:
        told = refusal(kind, name)
        assert told.received
        assert told.next_step
        assert "JSON lines" in told.allowed


def test_samples_are_portal_wikitext(request: pytest.FixtureRequest) -> None:
    days = sorted((request.config.rootpath / "samples" / "days").glob("*.wiki"))
    assert days
    assert {recognise(day.read_bytes()[:HEAD_BYTES], "unnamed") for day in days} == {"portal"}
