"""One update over a crowd of hosts, and one that is killed half-way."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from diurna.ingest.fetch import Job
from tests.ingest.feed_crowd import Crowd, seen_by
from tests.ingest.feed_servers import RSS, FeedServers, answer, slow
from tests.ingest.fetch_runs import fetch


def test_one_update_over_a_crowd() -> None:
    with FeedServers(count=30) as servers:
        crowd = Crowd(servers, dead=4, pause=0.1)
        run = fetch(
            *crowd.feeds,
            more=lambda each: [Job(crowd.pages[each.job.url], "page")] if each.job.url in crowd.pages else [],
            time_limit=30.0,
        )
        seen = seen_by(servers)
    assert seen["most requests at once at one host"] == 1
    assert seen["requests that robots.txt forbids"] == 0
    assert not run.report.out_of_time
    came = {each.job.url for each in run.fetched if each.arrival is not None}
    assert came >= {*crowd.good, *crowd.pages.values()}
    assert not came & set(crowd.forbidden)
    told = [each for each in run.fetched if each.problem is not None]
    assert {each.job.url for each in told} <= {*crowd.bad, *crowd.forbidden}
    assert run.report.delivered + run.report.left == len(crowd.feeds) + len(crowd.pages)
    assert all(state.failures >= 3 for host, state in run.states.items() if host.startswith("127.9."))


def test_what_was_kept_outlives_a_kill(tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    with FeedServers(count=4) as servers:
        urls = [
            host.feed(f"/{number}", slow(0.02, answer(RSS + str(number))))
            for host in servers.hosts
            for number in range(25)
        ]

        def start(jobs: list[str]) -> subprocess.Popen[bytes]:
            settings = {"delay": 0.02, "batch_seconds": 0.1, "time_limit": 30.0}
            order = {"jobs": jobs, "file": str(kept), "settings": settings}
            process = subprocess.Popen([sys.executable, "-m", "tests.ingest.killed_fetcher"], stdin=subprocess.PIPE)
            assert process.stdin is not None
            process.stdin.write(json.dumps(order).encode())
            process.stdin.close()
            return process

        def rows() -> list[dict[str, str]]:
            return [json.loads(line) for line in kept.read_bytes().splitlines()] if kept.exists() else []

        process = start(urls)
        ending = time.monotonic() + 30
        while len(rows()) < 20 and time.monotonic() < ending:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL
        before = {row["url"] for row in rows()}
        assert 20 <= len(before) < len(urls)
        assert all(row["digest"] for row in rows())
        time.sleep(0.1)
        marks = {host.address: len(host.seen) for host in servers.hosts}
        assert start([url for url in urls if url not in before]).wait(30) == 0
        assert sorted(row["url"] for row in rows()) == sorted(urls)  # each once
        for host in servers.hosts:
            later = {host.url(request.path) for _, request in host.seen[marks[host.address] :]}
            assert not later & before
