"""What hostile servers cost: nothing but a problem."""

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest

from diurna.ingest.fetch import Job
from tests.ingest.feed_servers import (
    RSS,
    FeedHost,
    answer,
    bomb,
    drip,
    endless,
    packed,
    raw,
)
from tests.ingest.fetch_runs import fetch

# ------------------------------------------------------------------------------------------------ hostile servers


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_bombs_do_not_go_off(host: FeedHost, coding: str) -> None:
    url = host.feed("/feed", bomb(coding, 20 << 20))
    run = fetch(url, host.feed("/next"))
    assert "too large" in run.told(url)
    assert run.of(host.url("/next")).arrival is not None


def test_bomb_in_a_file(host: FeedHost) -> None:
    url = host.feed("/sitemap.gz", answer(packed(bytes(20 << 20), "gzip"), "application/gzip"))
    assert "compressed file cannot be read" in fetch(Job(url, "sitemap")).told(url)


def test_endless_pages_end(host: FeedHost) -> None:
    url = host.feed("/feed", endless())
    run = fetch(url, max_bytes=1 << 20)
    assert "too large" in run.told(url)
    assert run.report.requests == 2


def test_announced_size_is_believed(host: FeedHost) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999999999\r\n\r\n"
    url = host.feed("/feed", raw(head))
    assert "999,999,999,999 bytes announced" in fetch(url).told(url)


def test_dripping_bodies_are_given_up(host: FeedHost) -> None:
    url = host.feed("/feed", drip())
    run = fetch(url)
    assert "too slowly" in run.told(url)
    assert len(host.asked("/feed")) == 1
    assert run.report.seconds < 5


def test_dripping_heads_are_given_up(host: FeedHost) -> None:
    url = host.feed("/feed", raw(b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 100, every=0.1))
    run = fetch(url, retries=0)
    assert "did not answer in time" in run.told(url)
    assert run.report.seconds < 5


def test_silence_in_a_body_is_given_up(host: FeedHost) -> None:
    url = host.feed("/feed", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<", b"rss/>", every=3))
    run = fetch(url, retries=0)
    assert "did not answer in time" in run.told(url)


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X%d: y\r\n" % number for number in range(5000)) + b"\r\n<rss/>",
        b"\x00\x01\x02\x03 nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n<rss/>\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 6\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 6\r\n\r\n<rss/>",
    ],
)
def test_answers_that_are_none(host: FeedHost, head: bytes) -> None:
    url = host.feed("/feed", raw(head))
    run = fetch(url, host.feed("/next"))
    fetched = run.of(url)
    assert fetched.problem is not None
    assert fetched.arrival is None
    assert run.report.seconds < 5


@pytest.mark.parametrize("media_type", ["video/mp4", "application/pdf", "application/zip", "font/woff2"])
def test_kinds_that_are_not_read(host: FeedHost, media_type: str) -> None:
    url = host.feed("/feed", answer(b"%PDF-" * 100, media_type))
    assert media_type in fetch(url).told(url)


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7", b"\x7fELF" + bytes(100), b"PK\x03\x04"])
def test_kinds_that_the_head_hides(host: FeedHost, body: bytes) -> None:
    url = host.feed("/feed", answer(body, "text/html"))
    assert fetch(url).of(url).problem is not None


@pytest.mark.parametrize("status", [204, 206, 400, 401, 403, 404, 410, 451])
def test_answers_without_content(host: FeedHost, status: int) -> None:
    url = host.feed("/feed", answer("no" if status != 204 else "", status=status))
    run = fetch(url)
    assert f"status {status}" in run.told(url)
    assert run.of(url).status == status
    assert len(host.asked("/feed")) == 1


def test_server_that_cannot_prove_itself(host: FeedHost) -> None:
    url = host.feed("/feed").replace("http:", "https:")
    run = fetch(url)
    assert "TLS" in run.told(url)


# ------------------------------------------------------------------------------------------------ certificates


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    async def resolve(self: object, host: str, port: int = 0, family: int = 0) -> list[dict[str, object]]:
        return [
            {"hostname": host, "host": address, "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
            for address in addresses
        ]

    monkeypatch.setattr("aiohttp.resolver.ThreadedResolver.resolve", resolve)


def test_connection_goes_to_the_address_that_was_checked(host: FeedHost, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, host.address)
    url = host.feed("/feed").replace(host.address, "news.example")
    assert fetch(url).of(url).arrival is not None
    assert {request.headers["Host"] for _, request in host.seen} == {host.name.replace(host.address, "news.example")}


def test_name_with_one_address_that_is_not_allowed(host: FeedHost, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, host.address, "10.0.0.1")
    url = host.feed("/feed").replace(host.address, "news.example")
    assert "local network" in fetch(url).told(url)
    assert not host.seen


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
def test_certificate_that_nobody_signed(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.8.0.2", "-days", "2"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.socket() as listener:
        listener.bind(("127.8.0.2", 0))
        listener.listen(4)

        def shake() -> None:
            connection, _ = listener.accept()
            with contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True) as secure:
                secure.recv(100)

        server = threading.Thread(target=shake, daemon=True)
        server.start()
        url = f"https://127.8.0.2:{listener.getsockname()[1]}/feed"
        run = fetch(url, f"{url}/2")
        server.join(5)
    (fetched,) = run.fetched
    assert "TLS" in run.told(url)
    assert fetched.retry_at is not None
    assert run.report.requests == 1


def test_values_that_cannot_be_sent_back_are_not_kept(host: FeedHost) -> None:
    head = b'HTTP/1.1 200 OK\r\nETag: "\xff\xfe"\r\nLast-Modified: ' + b"x" * 2000 + b"\r\nConnection: close\r\n\r\n"
    url = host.feed("/feed", raw(head + RSS.encode()))
    fetched = fetch(url).of(url)
    assert fetched.arrival is not None
    assert (fetched.etag, fetched.last_modified) == ("", "")
