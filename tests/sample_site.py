"""The site that many tests look at: the sample days, a list in Chinese, one event of each kind that lists may
make, and articles with copies, versions and what was understood of them, one of them withdrawn.
"""

import struct
import zlib
from datetime import date
from pathlib import Path

from diurna.ingest import Arrival, PageVersion
from diurna.ingest.arrivals import Way, capture_of
from diurna.publish.site import publish_site
from diurna.runners import Chronicle
from tests.made_lists import LAUNCH, LAUNCH_EDITED, QUAKE, VOTE, arrival, html, judged, lines, state, take
from tests.publish.made_pages import coast_pages
from tests.publish.published import OBSERVED, SAMPLES, add_files, new_chronicle

__all__ = ["BASE", "CHINESE", "LONG_WORD", "build_sample_site", "picture"]

BASE = "https://acta.example/"
CHINESE = "朝鲜发射一枚弹道导弹"
DAY = date(2017, 5, 21)
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 12


def picture(width: int = 64, height: int = 40) -> bytes:
    """A grey PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def build_sample_site(folder: Path) -> Path:
    """Make the chronicle and publish it; the site's folder is answered."""
    with new_chronicle(folder / "chronicle") as chronicle:
        add_files(chronicle, [SAMPLES], "samples")
        _more(chronicle)
    publish_site(folder / "chronicle", folder / "site", workers=1)
    return folder / "site"


def _more(chronicle: Chronicle) -> None:
    """What the sample days have none of: other scripts, pictures, pages of a wiki, withdrawn and merged events."""
    entry: dict[str, object] = {
        "date": "2017-05-21",
        "list": "中文",
        "language": "zh",
        "licence": "CC BY-SA 4.0",
        "category": "国际关系",
    }
    chinese = [
        entry | {"text": "韩国总统文在寅召开国家安全会议", "entities": ["文在寅", "朝鲜"], "topics": ["朝鲜核问题"]},
        entry | {"text": CHINESE, "entities": ["朝鲜", "弹道导弹"], "topics": ["朝鲜核问题"]},
        entry
        | {"text": "سقطت أمطار غزيرة على المدينة", "entities": ["المدينة"], "language": "ar", "category": "كوارث"},
        entry | {"text": f"{LONG_WORD} resumes work.", "entities": [LONG_WORD[:200]], "language": "de"},
    ]
    take(chronicle, [lines("chinese.jsonl", *chinese)])
    take(chronicle, [state(1, ";Disasters", f"*{QUAKE}", f"*{LAUNCH}", f"*{VOTE}")])
    version = PageVersion(
        site="wiki.example",
        title="Portal:Current events/2017 May 21",
        url="https://wiki.example/?oldid=2",
        number=2,
        licence="CC BY-SA 3.0",
    )
    content = "\n".join(("{{Current events header|2017|05|21}}", ";Disasters", f"*{LAUNCH_EDITED}", f"*{VOTE}"))
    take(chronicle, [arrival(content, "portal", version.url, page=version)])
    address = "https://yna.example/launch.png"
    way = Way(asked=address, answered=address, media_type="image/png", via="file", observed=OBSERVED)
    shown = Arrival(capture=capture_of(picture(), way), content=picture(), form="picture", where=address)
    page = html("https://yna.example/launch", "Missile", "It flew for half an hour.", address)
    linked = html("https://abc.example/swiss", "Vote", "Voters said so.", "https://abc.example/elsewhere.jpg")
    take(chronicle, [page, linked, shown])
    found = {event.headline: event for event in chronicle.store.views.events_on(DAY)}
    merged = next(event for headline, event in found.items() if headline.startswith("韩国"))
    into = next(event for headline, event in found.items() if headline == CHINESE)
    chronicle.decide([judged(1, f"event:{merged.id}", "same", f"event:{into.id}")])
    take(chronicle, coast_pages())
    chronicle.understand()
    undated = next(report for report in chronicle.store.views.scan_reports() if report.host == "undated.example")
    capture = undated.versions[-1].capture
    chronicle.decide([judged(2, f"article:{undated.id}", "withdrawn", f"capture:{capture}")])
