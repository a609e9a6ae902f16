"""What a site says about itself on every page, in its feeds and in a citation."""

from urllib.parse import urlsplit

from msgspec import Struct

__all__ = ["SiteSettings"]


class SiteSettings(Struct, frozen=True, kw_only=True):
    """A site's name and address, and what a paper needs to cite it. Holds no time: pages do not say when they were
    made.

    `base_url` is where the site will stand, empty if unknown; then nothing needs an absolute address, and feeds keep
    their ids by `authority` (RFC 4151: a domain or e-mail address of whoever publishes). `chronicle_digest` names what
    the chronicle holds, `configuration_digest` the settings it was made with, `version` the program. Of an article's
    running text pages show `excerpt_words` words, of statements `statement_words`, or all of it with `full_text`. An
    event that no list has stands on the front page with `front_sources` independent sources, or one of `front_outlets`.
    Groups of reports are one event where their pairs are `bar` sure on average.
    """

    title: str = "Diurna"
    tagline: str = ""
    base_url: str = ""
    language: str = "en"
    version: str = ""
    chronicle_digest: str = ""
    configuration_digest: str = ""
    licence: str = ""
    authority: str = ""
    excerpt_words: int = 60
    statement_words: int = 60
    full_text: bool = False
    front_sources: int = 2
    front_outlets: tuple[str, ...] = ()
    bar: float = 0.3

    @property
    def root(self) -> str:
        """Absolute address of the site's root with a closing slash; empty where unknown."""
        return f"{self.base_url.rstrip('/')}/" if self.base_url else ""

    @property
    def naming_authority(self) -> str:
        """Who names feeds and their entries: `authority`, else the host of `base_url`, else a name nobody can own."""
        return self.authority or (urlsplit(self.base_url).hostname or "") or "diurna.invalid"
