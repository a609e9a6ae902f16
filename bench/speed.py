"""How fast a chronicle is made: each step as a user runs it, in a process of its own, with its peak memory."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.chronicles import read_rows, write_entries
from bench.score import FLOORS

DAY_ITEMS = 15


def measure_speed(folder: Path, limit: int) -> int:
    """Print one JSON object per measure; returns 1 where the whole set was measured and a figure is above its
    ceiling.
    """
    path = folder / "related" / "context-zh" / "events.jsonl.gz"
    if path.exists():
        events = read_rows(path)
    else:
        print(f"{path}: not here, so made-up events are measured instead.", file=sys.stderr)
        events = made_up_events(9000)
    whole = not limit
    events = events[:limit] if limit else events
    with tempfile.TemporaryDirectory(prefix="diurna-speed-") as name:
        once = _measure_chronicle(Path(name) / "once", events)
        twice = _measure_chronicle(Path(name) / "twice", [*events, *_shifted(events)])
    first = "add, relate and publish"
    once["twice the events, time ratio"] = round(twice[first] / once[first], 2)
    return _hold(once, len(events)) if whole else 0


def _hold(figures: dict[str, float], events: int) -> int:
    """Print the figures that have a ceiling, and whether they keep under it."""
    ceilings = tomllib.loads(FLOORS.read_text(encoding="utf-8"))["speed"]
    for name, ceiling in ceilings.items():
        row = {"measure": name, "events": events, "value": figures[name], "ceiling": ceiling}
        print(json.dumps(row | {"holds": figures[name] <= ceiling}))
    return int(any(figures[name] > ceiling for name, ceiling in ceilings.items()))


def made_up_events(count: int) -> list[dict[str, Any]]:
    """Events of invented names, a few common and many rare, three a day."""
    start = date(2001, 1, 1)
    return [
        {
            "id": f"made-up-{number}",
            "date": (start + timedelta(days=number // 3)).isoformat(),
            "headline": f"Body {number % 7} and place {number % 311} speak of matter {number % 1013}, round {number}.",
            "entities": [f"Body {number % 7}", f"Place {number % 311}", f"Matter {number % 1013}"],
            "sources": [{"publisher": "Made up", "url": f"https://made-up.example/{number}"}],
        }
        for number in range(count)
    ]


def _shifted(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same events again, other in name and 20 years on, so that twice as many are as dense."""
    return [
        event
        | {
            "id": f"again/{event['id']}",
            "date": f"{int(event['date'][:4]) + 20}{event['date'][4:]}".replace("-02-29", "-02-28"),
            "headline": f"{event['headline']} (II)",
            "entities": [f"{name} II" for name in event["entities"]],
        }
        for event in events
    ]


def _measure_chronicle(folder: Path, events: list[dict[str, Any]]) -> dict[str, float]:
    """Add and publish all, then one more day; returns the figures that have a ceiling."""
    folder.mkdir()
    everything, one_day = folder / "all.jsonl", folder / "day.jsonl"
    write_entries(events, everything)
    write_entries(_one_more_day(events), one_day)
    chronicle, site = folder / "chronicle", folder / "site"
    base = [sys.executable, "-m", "diurna", "--chronicle", str(chronicle)]
    _run([*base, "init"])
    steps = {
        "add and relate": [*base, "add", str(everything)],
        "publish": [*base, "publish", str(site)],
        "add one more day": [*base, "add", str(one_day)],
        "publish one more day": [*base, "publish", str(site), "--json"],
        "rebuild": [*base, "rebuild"],
        "publish again in full": [*base, "publish", str(site), "--full", "--json"],
    }
    seconds, peak_of_all = {}, 0
    for step, command in steps.items():
        taken, peak, said = _run(command)
        seconds[step] = taken
        peak_of_all = max(peak_of_all, peak)
        row: dict[str, Any] = {"measure": step, "events": len(events), "seconds": round(taken, 2), "peak_mb": peak}
        if "--json" in command:
            row |= {key: value for key, value in json.loads(said).items() if key in {"written", "unchanged", "pages"}}
        print(json.dumps(row), flush=True)
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    files = sum(len(names) for _, _, names in os.walk(site))
    print(json.dumps({"measure": "site", "events": len(events), "files": files, "mb": round(size / 1e6, 1)}))
    shutil.rmtree(site)
    return {
        "add, relate and publish": round(seconds["add and relate"] + seconds["publish"], 2),
        "one more day of 15 items": round(seconds["add one more day"] + seconds["publish one more day"], 2),
        "peak memory in MB": peak_of_all,
    }


def _one_more_day(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A day after the last, whose items tell of what the latest events tell of."""
    after = (date.fromisoformat(max(event["date"] for event in events)) + timedelta(days=1)).isoformat()
    return [
        event | {"id": f"more/{number}", "date": after, "headline": f"{event['headline']} [{number}]"}
        for number, event in enumerate(events[-DAY_ITEMS:])
    ]


def _run(command: list[str]) -> tuple[float, int, str]:
    """Run a command; returns its seconds, its peak memory in MB (with its own processes, one by one), and what it
    printed.
    """
    started = time.monotonic()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        taken = time.monotonic() - started
        out.seek(0)
        said = out.read()
    if process.returncode:
        sys.exit(f"{' '.join(command[-3:])}: ended with {process.returncode}")
    return taken, usage.ru_maxrss // 1024, said
