"""Adding large web archives: memory on a big one, one process against two, and going on after a kill."""

import gzip
import io
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

_POLL_SECONDS = 0.2


def measure_archives(sets: Path, size: int = 2 << 30, pages: int = 10_000) -> Iterator[dict[str, Any]]:
    """Rows of figures: peak memory on `size` bytes of pages, speed with 1 and 2 processes, a kill half-way."""
    with tempfile.TemporaryDirectory(prefix="diurna-archives-") as name:
        folder = Path(name)
        yield _measure_memory(folder, sets, size)
        yield _measure_processes(folder, sets)
        yield _measure_kill(folder, sets, pages)


def write_warc(path: Path, sets: Path, *, size: int = 0, pages: int = 0) -> tuple[int, int]:
    """Write a WARC of the sets' pages, over and over under new addresses, until it has `size` bytes or `pages` pages.

    Without the sets, pages are made up. The pages and the bytes before packing.
    """
    count = written = 0
    originals = list(_pages(sets)) or list(_made_up())
    with path.open("wb") as file:
        for turn in itertools.count():
            for url, content in originals:
                if (size and written >= size) or (pages and count >= pages):
                    return count, written
                body = content if not turn else content + f"<!-- {turn} -->".encode()
                address = url if not turn else f"{url}{'&' if '?' in url else '?'}turn={turn}"
                file.write(_record(address, body))
                count, written = count + 1, written + len(body)
    return count, written


def _pages(sets: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(sets.glob("extraction/*/pages.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
                yield str(record.headers["WARC-Target-URI"]), record.reader.read()


def _made_up() -> Iterator[tuple[str, bytes]]:
    for number in range(500):
        words = " ".join(f"word{number * step % 997}" for step in range(1, 400))
        body = f"<html><head><title>Report {number}</title></head><body><h1>Report {number}</h1>"
        body += "".join(f"<p>{words[at : at + 500]}.</p>" for at in range(0, len(words), 500)) + "</body></html>"
        yield f"https://made-up.example/{number}", body.encode()


def _record(url: str, body: bytes) -> bytes:
    record = WarcRecord()
    record.init_headers(WarcRecordType.response, b"")
    record.headers["WARC-Target-URI"] = url
    record.headers["WARC-Date"] = "2017-05-22T12:00:00Z"
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body)
    plain = io.BytesIO()
    record.write(plain)
    return gzip.compress(plain.getvalue(), compresslevel=1, mtime=0)


def _measure_memory(folder: Path, sets: Path, size: int) -> dict[str, Any]:
    warc = folder / "big.warc.gz"
    pages, written = write_warc(warc, sets, size=size)
    run = _Run(_chronicle(folder, "big", workers=2), warc)
    run.wait()
    warc.unlink()
    shutil.rmtree(folder / "big")
    return {
        "measure": "peak memory in MB, all processes together",
        "pages": pages,
        "bytes": written,
        "value": round(run.peak / 1e6),
        "seconds": round(run.seconds, 1),
        "pages a second": round(pages / run.seconds, 1),
    }


def _measure_processes(folder: Path, sets: Path, pages: int = 1_500) -> dict[str, Any]:
    """Time of 1 and of 2 processes; the start of a process and of its libraries counts in."""
    warc = folder / "some.warc.gz"
    write_warc(warc, sets, pages=pages)
    seconds = {}
    digests = set()
    for workers in (1, 2):
        chronicle = _chronicle(folder, f"with-{workers}", workers=workers)
        run = _Run(chronicle, warc)
        run.wait()
        seconds[workers] = run.seconds
        digests.add(_digest(chronicle))
    return {
        "measure": "two processes, times as fast as one",
        "pages": pages,
        "value": round(seconds[1] / seconds[2], 2),
        "seconds": [round(seconds[1], 1), round(seconds[2], 1)],
        "same chronicle": len(digests) == 1,
    }


def _measure_kill(folder: Path, sets: Path, pages: int) -> dict[str, Any]:
    """Kill a run half-way and go on: the second part takes about what was left, and the chronicle is the same."""
    warc = folder / "many.warc.gz"
    write_warc(warc, sets, pages=pages)
    whole = _chronicle(folder, "whole", workers=2)
    undisturbed = _Run(whole, warc)
    undisturbed.wait()
    broken = _chronicle(folder, "broken", workers=2)
    first = _Run(broken, warc)
    time.sleep(undisturbed.seconds / 2)
    first.kill()
    kept = _counts(broken)
    second = _Run(broken, warc)
    second.wait()
    return {
        "measure": "a run killed half-way, then gone on with: share of the undisturbed time",
        "pages": pages,
        "value": round((first.seconds + second.seconds) / undisturbed.seconds, 2),
        "seconds": [round(undisturbed.seconds, 1), round(first.seconds, 1), round(second.seconds, 1)],
        "captures at the kill": kept,
        "same chronicle": _digest(whole) == _digest(broken),
    }


class _Run:
    """`diurna add` in a process of its own, with the memory of it and its children."""

    def __init__(self, chronicle: Path, warc: Path) -> None:
        self._begun = time.monotonic()
        command = [sys.executable, "-m", "diurna", "--chronicle", str(chronicle), "add", str(warc), "--json"]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        self.peak = 0
        self.seconds = 0.0
        self._watch = threading.Thread(target=self._watched, daemon=True)
        self._watch.start()

    def wait(self) -> None:
        _, told = self._process.communicate()
        self.seconds = time.monotonic() - self._begun
        if self._process.returncode not in (0, 3):
            sys.exit(f"diurna add failed: {told.decode(errors='replace')[-2000:]}")

    def kill(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self.seconds = time.monotonic() - self._begun

    def _watched(self) -> None:
        while self._process.poll() is None:
            self.peak = max(self.peak, sum(map(_proportional_bytes, _group(self._process.pid))))
            time.sleep(_POLL_SECONDS)


def _group(leader: int) -> list[int]:
    """Processes of a group (Linux)."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                if os.getpgid(int(path.name)) == leader:
                    found.append(int(path.name))
            except ProcessLookupError:
                continue
    return found


def _proportional_bytes(process: int) -> int:
    """Memory of a process, what it shares with others counted in parts (PSS)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _chronicle(folder: Path, name: str, *, workers: int) -> Path:
    chronicle = folder / name
    subprocess.run([sys.executable, "-m", "diurna", "init", str(chronicle)], check=True, capture_output=True)
    with (chronicle / "diurna.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[run]\nworkers = {workers}\n\n[extract]\nthoroughness = "bulk"\n')
    return chronicle


def _counts(chronicle: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "diurna", "--chronicle", str(chronicle), "check", "--json"],
        check=True,
        capture_output=True,
    )
    return int(json.loads(done.stdout)["counts"]["captures"])


def _digest(chronicle: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "diurna", "--chronicle", str(chronicle), "rebuild", "--json"],
        check=True,
        capture_output=True,
    )
    return str(json.loads(done.stdout)["digest"])
