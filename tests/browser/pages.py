"""One page of every kind in the sample site, with some that are harder than others."""

from pathlib import Path

import msgspec
from msgspec import Struct

from diurna.publish.paths import FIXED_PATHS


class Seen(Struct):
    """What a page's JSON says of it, as far as it matters here."""

    kind: str
    page: str
    sections: list[dict[str, object]] = []


def pages_of(site: Path) -> dict[str, str]:
    """Address, relative to the site's root, of one page of every kind."""
    kinds: dict[str, str] = dict(FIXED_PATHS)
    longest: dict[str, int] = {}
    for path in sorted(site.glob("**/*.json")):
        name = path.relative_to(site).as_posix()
        if name.startswith(("search/", "schema/")) or name.endswith(".feed.json"):
            continue
        page = msgspec.json.decode(path.read_bytes(), type=Seen)
        tags = {str(section["section"]) for section in page.sections}
        size = path.stat().st_size
        if page.kind not in FIXED_PATHS and size > longest.get(page.kind, 0):
            kinds[page.kind], longest[page.kind] = page.page, size
        for tag in ("cover", "changes", "parent", "nested"):
            if tag in tags and b'"before"' in path.read_bytes() if tag == "changes" else tag in tags:
                kinds.setdefault(f"event with {tag}", page.page)
        if page.kind == "event" and any(section.get("status") == "withdrawn" for section in page.sections):
            kinds["withdrawn event"] = page.page
    kinds["event with a long word"] = (
        next(site.glob("news/**/donaudampf*.html")).relative_to(site).with_suffix("").as_posix()
    )
    return {kind: f"{page}.html" for kind, page in kinds.items()}
