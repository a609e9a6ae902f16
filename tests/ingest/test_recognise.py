"""Kinds of input are told by content; names only break ties."""

import bz2
import gzip
import io
import lzma
import tarfile

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from diurna.ingest import recognise
from diurna.ingest.recognise import HEAD_BYTES, refusal, saved_from

PORTAL = "{{Current events|year=2017|month=05|day=5|content=\n;Disasters\n*A ship sinks. [http://a.example (A)]\n}}"


def _tar(form: int) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=form) as archive:
        archive.addfile(tarfile.TarInfo("a.html"))
    return target.getvalue()


def _old_tar() -> bytes:
    block = bytearray(_tar(tarfile.USTAR_FORMAT)[:512])
    block[257:] = bytes(255)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


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
        (b"<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/'>", "x", "feed"),
        (b"<rdf:RDF xmlns:foaf='http://xmlns.com/foaf/0.1/'>", "x", "xml"),
        (
            b'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "a.dtd"><rss version="0.91">',
            "x",
            "feed",
        ),
        (b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML//EN">\n<rss version="2.0">', "x.html", "feed"),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "x", "feed"),
        (b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", "x", "feed"),
        ('<?xml version="1.0"?><rss version="2.0">'.encode("utf-16-be"), "x", "feed"),
        ('<?xml version="1.0"?><rss version="2.0">'.encode("utf-32"), "x", "feed"),
        (('<?xml version="1.0" encoding="euc-kr"?><rss><title>' + "한국" * 90).encode("euc-kr"), "x", "feed"),
        (b"<html><body>" + "Новости".encode("koi8-r") * 90, "x", "page"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "x", "feed"),
        (b'{\n "title": "N", "version": "https:\\/\\/jsonfeed.org\\/version\\/1"', "x.jsonl", "feed"),
        (b'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', "x", "sitemap"),
        (b'<sm:urlset xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9">', "x", "sitemap"),
        (b'<?xml version="1.0"?>\n<opml version="2.0">', "x", "opml"),
        (b"# mine\n\nhttps://a.example/1\r\nhttp://b.example # local\n", "x", "addresses"),
        (b"https://a.example/1 says so\n", "x.txt", "text"),
        (b"https://a.example/" + b"a/" * HEAD_BYTES, "x", "addresses"),
        (b'{"id": "1", "title": "A", "text": "B", "publisher": "C"}\n', "x", "articles"),
        (b'{"date": "2017-05-05", "title": "A", "url": "http://a.example", "text": "B"}', "x", "articles"),
        (
            b'{"date": "2017-05-05", "text": "B", "sources": [{"url": "http://a.example", "title": "T"}]}',
            "x",
            "entries",
        ),
        (
            b'{"date": "2017-05-05", "sources": [{"url": "u", "title": "T"}], "text": "' + b"b" * HEAD_BYTES,
            "x",
            "entries",
        ),
        (
            b'{"text": "' + b'\\"' * 100 + b'", "headline": "A", "url": "u", "more": "' + b"b" * HEAD_BYTES,
            "x",
            "articles",
        ),
        (b'[{"title": "A", "url": "u", "text": "' + b"b" * HEAD_BYTES, "x", "articles"),
        (b'{"status": "ok", "articles": [{"title": "A", "url": "u", "text": "' + b"b" * HEAD_BYTES, "x", "articles"),
        (b'{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "A"}', "x", "articles"),
        (b'{\n  "@graph": [\n {"@type": "Person"}, {"@type": ["ReportageNewsArticle"]}]}', "x.json", "articles"),
        (b'{"title": "Only a title"}', "x", "json"),
        (lzma.compress(b"x"), "x", "xz"),
        (b"PK\x03\x04", "x", "zip"),
        (_tar(tarfile.PAX_FORMAT), "x", "tar"),
        (_tar(tarfile.USTAR_FORMAT), "x", "tar"),
        (_old_tar(), "x", "tar"),
        (b"SQLite format 3\0", "x", "database"),
        (bytes(range(256)) * 4, "x.wiki", "binary"),
        (b"\0\0\0\0", "x", "binary"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", "x.mhtml", "mhtml"),
        (b"body { color: red }", "style.css", "code"),
    ],
)
def test_kind_follows_from_content(head: bytes, name: str, kind: str) -> None:
    assert recognise(head, name) == kind


_READ = {
    "portal",
    "entries",
    "articles",
    "addresses",
    "feed",
    "sitemap",
    "opml",
    "export",
    "page",
    "warc",
    "zip",
    "tar",
}
_READ |= {"gzip", "bzip2", "zstd", "xz"}


@given(st.binary(max_size=400), st.text(max_size=12))
def test_any_bytes_are_of_some_kind_that_is_read_or_told(head: bytes, name: str) -> None:
    kind = recognise(head, name)
    if kind not in _READ:
        told = refusal(kind, name)
        assert told.received
        assert told.next_step
        assert "JSON lines" in told.allowed


def test_samples_are_portal_wikitext(request: pytest.FixtureRequest) -> None:
    days = sorted((request.config.rootpath / "samples" / "days").glob("*.wiki"))
    assert days
    assert {recognise(day.read_bytes()[:HEAD_BYTES], "unnamed") for day in days} == {"portal"}


@pytest.mark.parametrize(
    ("content", "address"),
    [
        (b"<!DOCTYPE html>\n<!-- saved from url=(0026)https://news.example/a.html -->", "https://news.example/a.html"),
        (b"<!-- saved from url=(0014)about:internet --><html>", ""),
        (
            b"<html><!--\n Page saved with SingleFile \n url: https://news.example/b?c=1 \n saved date: x\n-->",
            "https://news.example/b?c=1",
        ),
        (b"<html>" + b" " * 5000 + b"<!-- saved from url=(0026)https://news.example/a.html -->", ""),
    ],
)
def test_saved_page_tells_its_address(content: bytes, address: str) -> None:
    assert saved_from(content) == address
