"""What a host asks of robots: RFC 9309, read by protego, in a size that a hostile file cannot blow up."""

import re

from protego import Protego
from yarl import URL

from diurna.ingest.fetch_settings import FetchSettings

__all__ = ["Rules", "lines_for_us", "robots_url"]

# protego reads the line without its colon too.
_AGENT = re.compile(r"user[- ]?agent(?:\s*:\s*|\s+|$)(.*)", re.IGNORECASE)
_SITE_WIDE = re.compile(r"site-?maps?\b|host\b", re.IGNORECASE)
# Other lines mean something with a colon, or where protego reads them without; the rest is noise.
_DIRECTIVE = re.compile(r".*:|(?:allow|dis{1,2}al{1,2}[ao]w|diasllow|crawl[- ]delay)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z_-]+")


def robots_url(url: URL) -> URL:
    """Address of the robots.txt that speaks for an address."""
    return url.origin() / "robots.txt"


def lines_for_us(content: bytes, settings: FetchSettings) -> str:
    """The lines of a robots.txt that concern us: our groups, those for all, and the sitemaps.

    Groups for others are left out before protego sees them: it keeps each rule once per name, and 1,500 names with
    1,500 rules (50 KB) took it 7 seconds.
    """
    if len(content) > settings.max_robots_bytes:
        # The last line may be cut; half a rule would be another rule.
        content = content[: settings.max_robots_bytes].rpartition(b"\n")[0]
    name = settings.robots_name.lower()
    kept: list[str] = []
    names: set[str] = set()
    in_head = False
    for raw in content.decode("utf-8-sig", "replace").splitlines():
        line = raw.partition("#")[0].strip()
        if found := _AGENT.match(line):
            names = names if in_head else set()
            in_head = True
            token = _TOKEN.match(found[1])
            agent = "*" if found[1] == "*" else token[0].lower() if token else ""
            if agent in {"*", name} and agent not in names:
                names.add(agent)
                kept.append(f"User-agent: {agent}")
            continue
        if _SITE_WIDE.match(line):
            kept.append(line)
        elif _DIRECTIVE.match(line):
            in_head = False
            if names:
                kept.append(line)
    return "\n".join(kept)


class Rules:
    """What one host allows us, as its robots.txt says; no text allows everything."""

    def __init__(self, text: str, settings: FetchSettings) -> None:
        self._settings = settings
        self.too_many = sum("*" in line for line in text.splitlines()) > settings.max_robots_wildcards
        self._robots = Protego.parse("" if self.too_many else text)

    def allows(self, url: URL) -> bool:
        """Whether an address may be asked for."""
        return not self.too_many and self._robots.can_fetch(str(url), self._settings.robots_name)

    @property
    def delay(self) -> float:
        """Seconds between two requests."""
        asked = self._robots.crawl_delay(self._settings.robots_name)
        return self._settings.delay if asked is None else min(float(asked), self._settings.max_delay)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Sitemaps that the host names."""
        return tuple(self._robots.sitemaps)
