"""Who wrote an article, as its page says: people, agencies, desks and bodies, each by name, without role or place."""

import html
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from diurna.extract.dates_forms import find_moments
from diurna.extract.linked_data import Linked, same_name
from diurna.extract.page_marks import Marks, shown
from diurna.model import Author

__all__ = ["read_byline", "read_names"]

_LONGEST_NAME = 100
_LONGEST_LINE = 200
_LONGEST_VALUE = 600
_MOST_NAMES = 20
_MOST_WORDS = 7
_MOST_ELEMENTS = 20_000
_MOST_MARKED = 60
_LINES = ("p", "div", "span", "li", "address", "small", "h2", "h3", "h4", "h5", "em", "strong", "b", "a")

_METAS_WORDS = """
    author article:author og:article:author parsely-author dc.creator dcterms.creator sailthru.author byl byline
    cxenseparse:author article.author citation_author rbauthors authors creator dc.contributor
"""
_METAS = tuple(_METAS_WORDS.split())
_BY_WORDS = (
    r"(?:written|reported|posted|published|contributed|story|words|article|text|interview)(?: and [a-z]+)? by|"
    r"by|von|vom|"
    r"text(?: und fotos?)?|ein (?:beitrag|gastbeitrag|artikel|kommentar|text) von|geschrieben von|"
    r"verfasst von|erstellt von|"
    r"autor(?:in|en|es|a)?|auteure?s?|autore|authors?|par|propos recueillis par|écrit par|publié par|por|escrito por|"
    r"di|a cura di|scritto da|door|geschreven door|af|av|skrevet av|av|text av|tekst|przez|автор|текст|作者|記者|记者|"
    r"著者|執筆者?|글|기자|yazan|penulis|oleh|tác giả"
)
_BY = re.compile(rf"^(?:{_BY_WORDS})(?:\s*[:：]\s*|\s+)(?=\S)", re.IGNORECASE)
_STARTS = re.compile(rf"\s*(?:{_BY_WORDS})(?:\s*[:：]\s*|\s+)\S", re.IGNORECASE)
_AND = re.compile(
    r",? (?:and|und|et|y|e|og|och|en|i|и|&|with|mit|avec|con) |, (?!(?:jr|sr|ph\.?d|m\.?d|ii|iii)\b)| & | [/+] ",
    re.IGNORECASE,
)
_HARD_CUT = re.compile(r"[;|•·\n\t‧]|\s[-–—]\s|\s/\s|，|、")
_ADDRESS = re.compile(r"\S*(?:://|(?<=\S)@(?=\S)|\[at\]|^www\.)\S*|\S+\.(?:com|net)/\S*", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*(?:\(.*|\bin [A-ZÀ-Þ].*|\bon (?=\w+,? \d|\w+day).*|\b(?:am|le|el|vom|den)\s+\d.*|\d{1,2}[./]\d.*|"
    r"\b(?:updated?|published|posted|veröffentlicht|publié|publicado|publiziert|aktualisiert|erscheinungsdatum|datum|date)\b.*|@.*|\d{4}.*|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*|(?<=\s)\d.*)$",
    re.IGNORECASE,
)
# `Interview: Jane Doe`, `View all posts by Jane Doe`
_LABEL = re.compile(
    r"^(?:(?!foto|photo|bild|image)[^\W\d]+(?: [^\W\d]+){0,2}:\s+|"
    r"(?:view|see|read|more|all|alle|zeige|weitere|mehr|voir|ver|about)\b.{0,30}?\b(?:by|von|de|par|of)\s)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d\d")
_DANGLING = re.compile(r"(?:[\s,]+(?:on|am|le|el|il|vom|den|at|um|op|in|for|at|og|och))+[\s,]*$")
_INITIAL = re.compile(r"(?:\b[A-ZÀ-Þ]|\b[js]r|\be\.\s?v)\.$", re.IGNORECASE)
_FOR = re.compile(r",? (?:for|für|pour|para|of|del?|from) (?:the |die |l['’]|la )?(?=[A-ZÀ-Þ])")
_ROLE_WORDS = """
    correspondent correspondents reporter reporters editor journalist writer columnist contributor producer producers
    analyst author staff-writer chief bureau freelance photographer redakteur redakteurin korrespondent
    korrespondentin chefredakteur volontärin volontär reporterin journaliste correspondant correspondante envoyé
    envoyée redactor redactora corresponsal periodista giornalista inviato redacteur verslaggever autorin gastautor
    gastautorin politics senior deputy assistant managing special diplomatic defence defense political science
    technology
"""
_ROLES = frozenset(_ROLE_WORDS.split())
_ROLE = re.compile(
    r"\b(?:correspondents?|reporters?|editors?|journalists?|columnist|contributor|writer|producer|analyst|redakteur(?:in)?|"
    r"korrespondent(?:in)?|journaliste|correspondante?|envoyée? spéciale?|redactora?|corresponsal|periodista|"
    r"giornalista|inviat[oa]|redacteur|verslaggever|director|professor|photographer|fotograf(?:in)?)\b",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"\b(?:staff|newsroom|news ?desk|desk|editors?|editorial(?: (?:team|board|staff))?|team|online|redaktion(?:steam)?|"
    r"redaksjonen|redaktionen|r[ée]daction|redacci[óo]n|reda[çc][ãa]o|redazione|redactie|redakcja|редакция|редакція|"
    r"web ?desk|correspondents?|reporters?|reporter|bureau|press office|pressestelle|newsdesk|support|crew|"
    r"agencies|agenturen|agences|agencias)\b"
    r"|编辑部|編集部|編輯部|편집부|뉴스팀|redaktion$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\b(?:news agency|press agency|agence|nachrichtenagentur|presse-agentur|agencia|agenzia|newswire|wire service)\b|"
    r"^(?:reuters|thomson reuters|ap|associated press|afp|agence france-presse|dpa|dpa-afx|upi|yonhap|xinhua|kyodo|efe|"
    r"ansa|tass|itar-tass|interfax|ria novosti|pti|ians|ani|aap|apa|epd|kna|sid|sda|afp/dpa|europa press|belga|anp|"
    r"ritzau|ntb|tt|stt|pap|lusa|kcna|bernama|antara|anadolu|anadolu agency|jiji|jiji press|"
    r"bloomberg news|the canadian press|"
    r"press association|pa media|agencies|wires|agenturen|agences|agencias)$",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:inc|ltd|llc|gmbh|ag|e\.?v|corporation|company|institute?|institut|foundation|stiftung|association|verein|"
    r"university|universität|université|ministry|ministerium|department|office|council|committee|society|group|"
    r"magazine|times|post|press|tribune|herald|gazette|media|radio|tv|zeitung|journal|network|club|verband|amt|blog)\b",
    re.IGNORECASE,
)
_NOBODY_WORDS = """
    admin administrator author editor none null root undefined user guest anonymous unknown gast anonym webmaster
    wordpress default nn
"""
_NOBODY = frozenset(_NOBODY_WORDS.split()) | {
    "staff",
    "n.n.",
    "super user",
    "by",
    "about the author",
    "no author",
    "datum",
    "kommentare",
    "comments",
    "share",
    "der autor",
    "die autorin",
    "über den autor",
    "follow",
    "biography",
    "profile",
    "zum autor",
    "the author",
}
_ELSEWHERE = re.compile(
    r"comment|kommentar|related|sidebar|recent|popular|teaser|recommend|\bnav|menu|reply|similar|also|disqus|"
    r"respond|carousel|slider|most[-_]?read|trending|footer|more[-_]|testimonial|quote",
    re.IGNORECASE,
)
_MARKED = re.compile(r"author|byline|byl\b|autor|auteur|writer|contributor|verfasser", re.IGNORECASE)
_STRICT = re.compile(r"(?:^|[\s_-])(?:author|byline|auteurs?|autor)(?:$|\s|[_-]name|[_-]link)|\bvcard\b", re.IGNORECASE)
_NO_TEXT = frozenset(("meta", "link", "body", "html", "form", "input", "img", "script", "style", "svg", "textarea"))
_PROFILE = re.compile(r"author|autor|auteur|profile|/by/|/people/|staff|redaktion", re.IGNORECASE)
_NONE: Mapping[str, str] = {}


def read_byline(
    root: etree._Element,
    marks: Marks,
    linked: Linked,
    site_names: frozenset[str],
    agencies: Mapping[str, str] = _NONE,
) -> tuple[Author, ...]:
    """Read the names of a page's byline: from linked data, else meta elements, else elements, else a line of text.

    `site_names` (in the form of `same_name`) are no author: that an outlet wrote what it publishes goes without saying.
    `agencies` gives for aliases the names of known agencies; the most usual ones are known without.
    """
    for authors in (
        _fuller(_of_linked(linked, agencies), [one for raw in _metas(marks) for one in read_names(raw, agencies)]),
        _of_elements(root, agencies),
    ):
        kept: dict[str, Author] = {}
        for author in authors:
            same = same_name(author.name)
            named = same not in site_names or same in _people(linked)
            if len(same) > 1 and named and author.name.casefold() not in _NOBODY:
                kept.setdefault(same, author)
        if kept:
            return tuple(kept.values())[:_MOST_NAMES]
    return ()


def _fuller(linked: list[Author], metas: list[Author]) -> list[Author]:
    """The names of linked data; those of meta elements where these hold all of them and more."""
    names = {same_name(author.name) for author in linked}
    return metas if names < {same_name(author.name) for author in metas} else linked


def _people(linked: Linked) -> set[str]:
    """Full names of those whom linked data calls persons: a site may have its author's name."""
    values = linked.values(linked.article, "author")
    names = [
        str(value.get("name")) for value in values if isinstance(value, dict) and "Person" in str(value.get("@type"))
    ]
    return {same_name(name) for name in names if " " in name}


def _of_linked(linked: Linked, agencies: Mapping[str, str]) -> list[Author]:
    found: list[Author] = []
    for value in linked.values(linked.article, "author") or linked.values(linked.article, "creator"):
        types = value.get("@type") if isinstance(value, dict) else None
        organised = "Organization" in str(types)
        for raw in linked.texts({"author": value}, "author"):
            if organised and not _BY.match(raw) and not re.search(r" and | und |/|;", raw):
                name = _tidy(shown(raw, _LONGEST_NAME))
                if _usable(name):
                    author = _author(name, agencies)
                    found.append(author if author.kind != "person" else Author(name, "organisation"))
            else:
                found += read_names(raw, agencies)
    return found


def _metas(marks: Marks) -> Iterator[str]:
    for name in _METAS:
        values = [value for value in marks.metas.get(name, ()) if "://" not in value]
        if values:
            yield from values
            return
    labels = marks.meta("twitter:label1")
    if labels and re.search(
        r"written|author|autor|verfasst|geschrieben|écrit|escrito|scritto|geschreven|от ", labels[0], re.IGNORECASE
    ):
        yield from marks.meta("twitter:data1")[:1]


def _of_elements(root: etree._Element, agencies: Mapping[str, str]) -> list[Author]:
    """Names of the first element outside comments and teasers that says it holds an author."""
    title = next(iter(root.iter("h1")), None)
    around = set(title.iterancestors()) if title is not None else set()
    marked = list(islice(_marked(root), _MOST_MARKED))
    for element in sorted(marked, key=lambda element: not _STRICT.search(element.get("class") or "author")):
        text = _words(element)
        if not text or len(text) > _LONGEST_LINE or _elsewhere(element, around):
            continue
        inner = [_words(child) for child in islice(element.iterdescendants("a", "span"), 12) if _names_one(child)]
        texts = [text for text in dict.fromkeys(inner) if text] or [text]
        found = [author for piece in texts for author in read_names(piece, agencies)]
        if found:
            return found
    return _of_lines(title, agencies)


def _marked(root: etree._Element) -> Iterator[etree._Element]:
    speaking: dict[str, bool] = {"": False}
    for element in islice(root.iter(etree.Element), _MOST_ELEMENTS):
        named = element.get("class") or ""
        if named not in speaking:
            speaking[named] = _MARKED.search(named) is not None
        if (
            speaking[named]
            or element.get("itemprop") in ("author", "creator")
            or (element.tag == "a" and "author" in (element.get("rel") or ""))
            or element.tag in ("byline", "author")
        ) and element.tag not in _NO_TEXT:
            yield element


def _names_one(element: etree._Element) -> bool:
    """Whether an element within a byline holds one name."""
    if "author" in (element.get("rel") or "") or element.get("itemprop") in ("name", "author"):
        return True
    return element.tag == "a" and bool(
        _PROFILE.search((element.get("href") or "") + " " + (element.get("class") or ""))
    )


def _of_lines(title: etree._Element | None, agencies: Mapping[str, str]) -> list[Author]:
    """Names of a line `By Jane Doe` within the elements that follow the title."""
    if title is None:
        return []
    for element in islice(_following(title), 40):
        text = _words(element)
        if 5 < len(text) <= _LONGEST_LINE and _STARTS.match(text):
            dated = next(find_moments(text), None) is not None
            found = [one for one in read_names(text, agencies) if dated or " " in one.name or one.kind != "person"]
            if found and all(name[0].isupper() for author in found for name in author.name.split()[:1]):
                return found
    return []


def _following(element: etree._Element) -> Iterator[etree._Element]:
    """Elements behind one, in the page's order."""
    at: etree._Element | None = element
    while at is not None:
        following = at.getnext()
        while following is not None:
            yield from following.iter(*_LINES)
            following = following.getnext()
        at = at.getparent()


def _elsewhere(element: etree._Element, around: set[etree._Element]) -> bool:
    chain: list[etree._Element] = [element, *islice(element.iterancestors(), 40)]
    for ancestor in chain:
        if ancestor in around or ancestor.tag in ("body", "html", "main"):
            return False
        if ancestor.tag in ("aside", "nav"):
            return True
        named = (ancestor.get("class") or "") + " " + (ancestor.get("id") or "")
        if len(named) > 1 and _ELSEWHERE.search(named[:300]):
            return True
    return False


def _words(element: etree._Element) -> str:
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(str(piece))
        size += len(piece)
        if size > 4 * _LONGEST_LINE:
            break
    return " ".join(" ".join(pieces).split())[: 2 * _LONGEST_LINE]


def read_names(raw: str, agencies: Mapping[str, str] = _NONE) -> list[Author]:
    """Names in one value of a byline: `By Jane Doe and Wei Li in Seoul, Reuters` are two people and an agency.

    It is cut at commas and `and` only between full names: `Yun, Ana` and `Fish & Co` are one.
    """
    found: list[Author] = []
    line = shown(raw, _LONGEST_VALUE).replace(" ,", ",")
    for moment in list(find_moments(line)) if _YEAR.search(line) else ():
        line = line.replace(moment.written, "; ")
    for piece in _HARD_CUT.split(line):
        whole = _BY.sub("", _BY.sub("", piece.strip(' ,:*©-–—"')).strip())
        names = [_tidy(name) for name in _AND.split(_FOR.sub(", ", whole))[:_MOST_NAMES]]
        names = [name for name in names if name and not _is_role(name)]
        if len(names) > 1 and not all(
            " " in name or name.isupper() or _AGENCY.search(name) or _known(name, agencies) for name in names
        ):
            names = [_tidy(whole)]
        found += [_author(name, agencies) for name in names if _usable(name)]
    return found


def _tidy(name: str) -> str:
    """One name without what stands around it: the word `by`, an address, a place, a day, marks."""
    name = name[:_LONGEST_LINE]
    name = _ADDRESS.sub("", html.unescape(name)).strip()
    name = _BEHIND.sub("", name) if not name.startswith("(") else name.strip("()")
    name = _BY.sub("", name.strip(' ,:*©-–—"')) if not name.isupper() or " " in name else name
    name = _DANGLING.sub("", name)
    name = _LABEL.sub("", name.strip(' ,:*©-–—"«»“”'))
    return name if _INITIAL.search(name) else name.rstrip(" .")


def _known(name: str, agencies: Mapping[str, str]) -> str:
    return agencies.get(name) or agencies.get(name.removeprefix("The ").removeprefix("the ")) or ""


def _is_role(name: str) -> bool:
    words = [word.casefold().strip(".") for word in name.split()]
    return bool(_ROLE.search(name)) and (len(words) > 1 or words[0] in _ROLES) and not _DESK.fullmatch(name)


def _usable(name: str) -> bool:
    if not 1 < len(name) <= _LONGEST_NAME or len(name.split()) > _MOST_WORDS or not any(map(str.isalpha, name)):
        return False
    return "://" not in name and "@" not in name and "{{" not in name and not name.endswith((".com", ".php"))


def _author(name: str, agencies: Mapping[str, str]) -> Author:
    known = _known(name, agencies)
    if known:
        return Author(known, "agency")
    if _AGENCY.search(name):
        return Author(name, "agency")
    if _DESK.search(name):
        return Author(name, "desk")
    if _BODY.search(name):
        return Author(name, "organisation")
    return Author(name)
