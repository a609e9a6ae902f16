"""One page of every kind in the sample site, with some that are harder than others."""

import json
from pathlib import Path
from typing import Any

from diurna.publish.paths import FIXED_PATHS

__all__ = ["pages_of"]


def pages_of(site: Path) -> dict[str, str]:
    """Address, relative to the site's root, of the largest page of every kind, and of those with a rare part."""
    kinds: dict[str, str] = dict(FIXED_PATHS)
    largest: dict[str, int] = {}
    for path in sorted(site.glob("**/*.json")):
        name = path.relative_to(site).as_posix()
        if name.startswith((".", "search/", "schema/")) or name.endswith(".feed.json"):
            continue
        page = json.loads(path.read_bytes())
        for kind in (page["kind"], *_rare(page)):
            if kind not in FIXED_PATHS and path.stat().st_size > largest.get(kind, 0):
                kinds[kind], largest[kind] = page["page"], path.stat().st_size
    return {kind: f"{page}.html" for kind, page in kinds.items()}


def _rare(page: dict[str, Any]) -> list[str]:
    sections = {section["section"]: section for section in page.get("sections", ())}
    if page["kind"] == "article":
        rare = ("copies", "versions", "lead_image", "statements", "figures", "named", "times")
        found = [f"article with {tag}" for tag in rare if tag in sections]
        return found + (["withdrawn article"] if sections["article"]["status"] == "withdrawn" else [])
    if page["kind"] == "source" and "articles" in sections:
        return ["source with articles"]
    if page["kind"] == "entity":
        words = {"named_in": "entity with articles", "said": "entity with statements"}
        return [told for tag, told in words.items() if tag in sections]
    if page["kind"] == "day" and sections.get("disputes", {}).get("disputes"):
        return ["day with disputes"]
    if page["kind"] != "event":
        return []
    found = [f"event with {tag}" for tag in ("parent", "nested") if tag in sections]
    if sections.get("cover", {}).get("file"):
        found.append("event with cover")
    if any(change["kind"] != "added" for change in sections.get("changes", {}).get("changes", ())):
        found.append("event with changes")
    if sections["event"]["status"] == "withdrawn":
        found.append("withdrawn event")
    if max(map(len, page["title"].split())) > 300:
        found.append("event with a long word")
    return found
