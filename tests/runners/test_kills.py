"""Adding an archive and updating from the web, killed half-way: what was acknowledged is there, the rest follows."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from diurna.model import Article, Capture
from diurna.runners import Chronicle
from diurna.store.interface import Feed
from tests.ingest.feed_servers import FeedServers, answer, slow
from tests.made_articles import BRIDGE, FERRY, MARKET, check_same, everything, feed_of, learned, page_of, reports
from tests.made_lists import OBSERVED

ROOT = Path(__file__).parents[2]
PAGES = 150
ALONE = "[run]\nworkers = 1\n"
WEB = ALONE + '[fetch]\nallow_addresses = ["127.0.0.0/8"]\ndelay = 0.02\nbatch_seconds = 0.05\ntime_limit = 20.0\n'


def start(folder: Path, *sources: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.runners.killed_adder", str(folder), *sources],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        stdout=subprocess.PIPE,
        text=True,
    )


def page(number: int) -> bytes:
    """The n-th page: another article, or now and then a copy or a later state of one before."""
    text = [FERRY, BRIDGE, MARKET][number % 3]
    own = f"Bulletin {number} tells of gate {number * 17} and of lamp {number * 31} in the harbour."
    published = f"2017-05-21T{number % 24:02}:00:00Z"
    paragraphs = text if number % 5 == 0 else [own, text[number % 2]]
    address = f"https://host{number % 7}.example/{number if number % 11 else number // 2}"
    return page_of(address, f"Bulletin {number}", paragraphs, published=published).content


def write_warc(path: Path, count: int) -> None:
    with path.open("wb") as file:
        for number in range(count):
            record = WarcRecord()
            record.init_headers(WarcRecordType.response, f"urn:made:{number}".encode())
            record.headers["WARC-Date"] = f"2017-05-22T{number // 60:02}:{number % 60:02}:00Z"
            record.headers["WARC-Target-URI"] = (
                f"https://host{number % 7}.example/{number if number % 11 else number // 2}"
            )
            record.headers["Content-Type"] = "application/http; msgtype=response"
            body = page(number)
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
            record.set_bytes_content(head.encode() + body)
            plain = BytesIO()
            record.write(plain)
            file.write(plain.getvalue())


@pytest.mark.slow
def test_killed_adding_goes_on_to_the_same_chronicle(tmp_path: Path) -> None:
    write_warc(tmp_path / "made.warc", PAGES)
    chance = random.Random(20170522)
    for name in ("whole", "killed"):
        Chronicle.create(tmp_path / name, ALONE)
    process = start(tmp_path / "whole", str(tmp_path / "made.warc"))
    process.communicate()
    assert process.returncode == 0
    acknowledged = kills = 0
    while True:
        process = start(tmp_path / "killed", str(tmp_path / "made.warc"))
        assert process.stdout is not None
        said = [process.stdout.readline()]
        ending = time.monotonic() + chance.uniform(0.02, 0.25)
        while kills < 3 and time.monotonic() < ending and said[-1]:
            said.append(process.stdout.readline())
        if kills < 3:
            process.send_signal(signal.SIGKILL)
        said += process.stdout.readlines()
        process.stdout.close()
        process.wait()
        whole = [line for line in said if line.endswith("\n")]
        captures, known = map(int, whole[-1].split())
        assert captures + known >= acknowledged
        acknowledged = captures + known
        with Chronicle(tmp_path / "killed") as chronicle:
            assert chronicle.store.facts.count(Capture) >= acknowledged
            assert chronicle.store.check() == []
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL
        kills += 1
    assert (kills, acknowledged) == (3, PAGES)
    with Chronicle(tmp_path / "whole") as one, Chronicle(tmp_path / "killed") as other:
        assert one.store.facts.count(Capture) == PAGES
        assert one.digest() == other.digest()
        assert list(one.store.facts.scan()) == list(other.store.facts.scan())
        check_same(everything(one), everything(other))
        assert learned(one) == learned(other)
        for _, capture in other.store.facts.scan(Capture):
            assert isinstance(capture, Capture)
            assert other.archive.read(capture) == one.archive.read(capture)


@pytest.mark.slow
def test_killed_update_loses_nothing_and_a_second_one_ends_whole(tmp_path: Path) -> None:
    Chronicle.create(tmp_path / "home", WEB)
    with FeedServers(count=4, start=40) as servers:
        expected = set()
        with Chronicle(tmp_path / "home", clock=lambda: OBSERVED) as chronicle, chronicle.writing():
            for host in servers.hosts:
                for feed in range(2):
                    items = []
                    for number in range(6):
                        path = f"/{feed}/{number}"
                        made = page_of(host.url(path), f"Report {path} of {host.address}", [FERRY, BRIDGE][feed])
                        url = host.feed(path, slow(0.1, answer(made.content, "text/html")))
                        items.append((url, f"Report {path} of {host.address}", f"Summary {number}.", ""))
                        expected.add(url)
                    content = feed_of(host.url(f"/feed/{feed}"), *items).content
                    url = host.feed(f"/feed/{feed}", answer(content))
                    chronicle.store.schedule.put_feed(Feed(url=url, source=host.address, due=OBSERVED))
        process = start(tmp_path / "home")
        assert process.stdout is not None
        said = ["0 0\n"]
        while said[-1] and int(said[-1].split()[0]) < 14:
            said.append(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        said += process.stdout.readlines()
        process.stdout.close()
        assert process.wait() == -signal.SIGKILL
        acknowledged = int([line for line in said if line.endswith("\n")][-1].split()[0])
        with Chronicle(tmp_path / "home") as chronicle:
            kept = [fact for _, fact in chronicle.store.facts.scan(Capture) if isinstance(fact, Capture)]
            assert acknowledged <= len(kept) < 8 + len(expected)
            before = {capture.asked for capture in kept if "/feed/" not in capture.asked}
        process = start(tmp_path / "home")
        process.communicate()
        assert process.returncode == 0
        with Chronicle(tmp_path / "home") as chronicle:
            shown = {report.url: chronicle.store.facts.get(Article, report.current) for report in reports(chronicle)}
            assert shown.keys() == expected
            assert all(article is not None and article.whole for article in shown.values())
            assert chronicle.store.schedule.count_wanted() == 0
            assert all(not feed.error and feed.succeeded for feed in chronicle.store.schedule.feeds())
            views = everything(chronicle)
            chronicle.rebuild()
            check_same(views, everything(chronicle))
        asked = Counter(host.url(path) for host in servers.hosts for path in host.paths_asked)
        assert all(asked[url] == 1 for url in before), "what was kept is not fetched again"
        assert max(asked[url] for url in expected) <= 2, "what was in flight is fetched once more"
        assert before
