"""What MediaWiki's action API answers, as far as we read it (formatversion 2; slots since MediaWiki 1.32)."""

from datetime import datetime

from msgspec import Struct, field

__all__ = ["ApiAnswer", "ApiPage", "ApiRevision"]


class _Slot(Struct, frozen=True):
    """Content of one slot of a revision."""

    content: str | None = None
    contentmodel: str = "wikitext"
    texthidden: bool = False


class _Slots(Struct, frozen=True):
    """Slots of a revision; the page's text is the main one."""

    main: _Slot = field(default_factory=_Slot)


class ApiRevision(Struct, frozen=True):
    """One revision of a page; wikis before slots give the content here."""

    revid: int
    timestamp: datetime | None = None
    sha1: str = ""
    slots: _Slots | None = None
    roles: tuple[str, ...] = ()
    content: str | None = None
    contentmodel: str = "wikitext"
    texthidden: bool = False
    suppressed: bool = False


class ApiPage(Struct, frozen=True):
    """A page with the revisions that were asked for."""

    title: str = ""
    missing: bool = False
    invalid: bool = False
    invalidreason: str = ""
    special: bool = False
    revisions: tuple[ApiRevision, ...] = ()


class _Redirect(Struct, frozen=True, rename={"source": "from", "target": "to"}):
    """A redirect that was followed."""

    source: str
    target: str


class _Interwiki(Struct, frozen=True):
    """A title that lies on another wiki."""

    title: str


class _General(Struct, frozen=True):
    """What the wiki says of itself."""

    base: str = ""


class _Rights(Struct, frozen=True):
    """Under which licence the wiki publishes."""

    url: str = ""
    text: str = ""


class _Query(Struct, frozen=True):
    """The result of `action=query`."""

    pages: tuple[ApiPage, ...] = ()
    redirects: tuple[_Redirect, ...] = ()
    interwiki: tuple[_Interwiki, ...] = ()
    general: _General | None = None
    rightsinfo: _Rights | None = None
    badrevids: dict[str, object] = {}


class _Error(Struct, frozen=True):
    """Why a request was refused."""

    code: str = ""
    info: str = ""


class ApiAnswer(Struct, frozen=True, rename={"continuation": "continue"}):
    """One answer of the API."""

    query: _Query | None = None
    error: _Error | None = None
    continuation: dict[str, str | int] = {}
