"""What kind of piece an article is: a report of news, or one of ten things, or one that sells, lists, or holds a view.

What editors say of a piece is believed first: its title, section, tags, address, publisher. Where they say nothing, its
form speaks: blocks that begin with the time of day, the set phrases of newsletters, parts that share hardly a word.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice, pairwise
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from diurna.model import Annotation, Article

__all__ = ["APART", "Genre", "GenreSettings", "genre_of"]

APART = frozenset({"briefing", "live", "review", "listing", "spam"})
"""Kinds that are kept out of events: each would tie together what has nothing in common but a page."""


class Genre(Struct, frozen=True):
    """Kind of a piece, and what said so, in words that a reader understands.

    `name`: `report`, `briefing`, `live`, `review`, `listing`, `spam`, `opinion` or `satire`.
    """

    name: str
    because: str


class GenreSettings(Struct, frozen=True):
    """When the form of a text, rather than its editors, says what it is.

    A text is cut into parts of `part_words` words, or at its headings. Its reach is the share of parts that its five
    commonest long words stand in, on average. Of 368 reports of six parts and more in the sets grouping/allsides,
    ecbplus and wikiref220 the lowest reaches were 0.29, 0.33, 0.34 and 0.36; of 300 pages made of 8 to 15 openings of
    those articles under headings 93 % lay below 0.33, without headings 39 %. A bar of 0.31 for
    texts with headings finds 79 % of them, 0.27 for others 2 %, and neither takes a report for something else, nor of
    the first 5,000 of stream/reuters; 0.33 took longer features of the set extraction/trafilatura.
    """

    part_words: int = 60
    least_parts: int = 6
    scattered: float = 0.27
    scattered_headed: float = 0.31
    scattered_phrased: float = 0.4
    scattered_phrases: float = 0.5
    least_phrases: int = 2
    least_headings: int = 4
    name_everywhere: float = 0.5
    least_stamps: int = 5
    least_bare_stamps: int = 4
    stamp_share: float = 0.1
    sales_phrases: int = 3
    repeated: float = 0.25
    least_repeated: int = 10
    most_parts: int = 200
    most_blocks: int = 2_000


_DEFAULT = GenreSettings()
_REPORT = Genre("report", "nothing says that it is anything else")

_LONGEST_TITLE = 300
_SEPARATORS = re.compile(r"\s+[-–—]+\s+|\s*[|·•»]\s*|\s*:\s+|:$|\s*\+{2,}\s*|[!.?]\s+|[()\[\]]")
_SPACE = re.compile(r"\s+")


def _listed(text: str, mark: str = " ") -> frozenset[str]:
    return frozenset(text.split(mark))


# What may stand around the name of a series: days, months, numbers, little words. "Tuesday's Evening Briefing, May 2".
_WHEN = _listed(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march "
    "april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "today tonight yesterday for of on from the your our at edition montag dienstag mittwoch donnerstag freitag "
    "samstag sonntag januar februar märz mai juni juli oktober dezember heute vom am der die das lunes martes "
    "miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre "
    "noviembre diciembre hoy del de el la los las este lundi mardi mercredi jeudi vendredi samedi dimanche janvier "
    "février mars avril juin juillet août septembre octobre novembre décembre aujourd'hui du le les ce"
)
_NUMBER = re.compile(r"[\d./:]+(?:st|nd|rd|th|er|h)?")

_SPELT = r"(?:\d{1,3}|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)"
_PERIOD = r"(?:day|week|weekend|month|year|decade)"

# Names of series. One must be a whole part of the title between its separators, without days and little words around
# it: "Morning Briefing: Snow", never "Trump skips his morning briefing".
_SERIES = {
    "live": (
        r"live(?: ?blog| ?updates?| ?coverage| ?ticker| ?feed| ?news)?|(?:news ?)?(?:live|news)-?(?:blog|ticker)|"
        r"live-(?:blog|ticker|updates?)|rolling (?:coverage|updates|news)|as it happened|how it happened live|minute "
        r"by minute|alle entwicklungen im (?:live|news)-?(?:blog|ticker)|(?:im )?(?:live|news)-?(?:blog|ticker)|"
        r"(?:última hora )?en (?:vivo|directo)|minuto a minuto|en vivo y en directo|(?:en )?direct|en direct live|"
        r"minute par minute|(?:notre )?direct commenté"
    ),
    "briefing": (
        r"(?:\w+ )?(?:morning|evening|daily|midday|lunchtime|afternoon|weekend|nightly|overnight|breakfast|news|"
        r"world) (?:briefing|brief|digest|round-?up|rundown|headlines|bulletin|newsletter|catch-?up|news summary)|"
        r"(?:the )?(?:world|news|business|sports?|nation|region) in brief|news briefs?|in brief|daily news(?: "
        r"summary)?|(?:top|main|biggest|day's|morning's|today's|tonight's) (?:news|headlines|stories)(?: (?:this|of "
        r"the) \w+)?|(?:what you (?:may have )?missed|what happened) (?:today|overnight|this morning|while you slept)|"
        r"(?:the )?<number> things (?:(?:you )?(?:need|have|should) )?(?:to )?know(?: about)?(?: (?:this|in the) "
        r"(?:morning|evening)| before \w+| to start \w+ \w+)?|(?:(?:der|die) )?(?:tag|nacht|morgen|abend|lage) (?:im "
        r"überblick|kompakt|in kürze|in aller kürze)|(?:die )?lage (?:am|zum) (?:morgen|abend|mittag|wochenende)|"
        r"(?:das )?morgen-?briefing|news am (?:morgen|abend)|(?:das )?wichtigste(?: (?:des tages|am \w+|in kürze|vom "
        r"tag|aus \w+))?|(?:die )?wichtigsten (?:nachrichten|meldungen)(?: des tages| am \w+)?|nachrichten(?: des "
        r"tages| am \w+|überblick)|das war der tag|kurz notiert|kurznachrichten|kurzmeldungen|meldungen des "
        r"tages|tagesüberblick|presseschau|kurz gemeldet|(?:principales |últimas )?(?:noticias|titulares)(?: más "
        r"importantes| principales)?(?: del? día)?(?: en breve)?|resumen (?:de noticias|del? día|informativo)|"
        r"boletín(?: de noticias| informativo)?|breves|noticias en breve|(?:\w+ )?(?:claves|noticias) (?:del? día|"
        r"para empezar el día|para despertarse)|lo que debes saber|(?:l')?essentiel(?: de l'(?:actualité|actu|info)| "
        r"de la (?:matinée|journée)| du jour| du matin)?|revue de presse|en bref|brèves|(?:les )?(?:titres|infos|"
        r"actualités|actus) (?:du (?:jour|matin|soir)|à retenir)|ce qu'il faut (?:retenir|savoir) (?:de l'actu\w*|de "
        r"la journée|ce (?:matin|soir|midi))|(?:le )?brief\.?(?: du matin)?"
    ),
    "review": (
        r"(?:\w+ )?<period> in (?:review|pictures|photos|images|brief|numbers|quotes)|<period>'s (?:news|events) in "
        r"\w+|(?:weekly|monthly|annual|yearly|weekend|year-?end) (?:\w+ )?(?:review|recap|round-?up|wrap(?:-?up)?|"
        r"digest|news ?quiz|summary|highlights|roundup)|(?:best |top |<number> )*(?:photos|pictures|images|"
        r"photographs|stories|reads|quotes|tweets|moments|news|recap|review|highlights|wrap|round-?up|winners and "
        r"losers) (?:of|from) (?:the|this|last|past)? ?(?:past |last )?<period>|(?:the )?(?:world|politics|business|"
        r"sport|science|tech) this week|this week in (?:\w+ ){0,2}\w+|<number> (?:things|stories|moments|takeaways|"
        r"facts|photos) (?:we learned |you (?:may|might) have missed )(?:(?:this|last|in the) (?:past )?<period>|in "
        r"\d{4})|(?:best|worst|most read stories|biggest stories|top stories) of (?:the year|\d{4})|(?:der "
        r")?(?:wochen|monats|jahres)-?rückblick|(?:die )?woche (?:im überblick|in bildern|im rückblick)|das jahr in "
        r"bildern|(?:die )?(?:besten )?(?:bilder|fotos) (?:des tages|der woche|des monats|des jahres)|das war die "
        r"woche|resumen (?:semanal|de la semana|del mes|del año)|(?:la )?semana en (?:imágenes|fotos|breve)|(?:el "
        r")?año en \w+|(?:lo mejor|(?:las )?(?:mejores )?(?:fotos|imágenes)) (?:de la semana|del día|del mes|del año)|"
        r"(?:la )?semaine en (?:images|photos|bref)|(?:l')?année en (?:images|photos)|rétrospective(?: \d{4})?|"
        r"récap(?:itulatif)?|(?:les )?(?:photos|images) (?:de la semaine|du jour|du mois|de l'année)|retour sur (?:la "
        r"semaine|l'année(?: \d{4})?)"
    ),
    "listing": (
        r"(?:daily |weekly |weekend |local )?(?:weather (?:forecast|outlook)|forecast)|weather forecast (?:for|in) "
        r"\w+|(?:what's )?on tv(?: tonight)?|tv (?:guide|listings?|schedules?|highlights|picks|programmes?|tonight)|"
        r"(?:daily |weekly |your |free )?horoscopes?(?: today| for \w+)?|(?:news |weekly |daily )*(?:quiz|crossword|"
        r"sudoku)|death notices|obituary notices|funeral notices|public notices|classifieds?|deaths and funerals|"
        r"(?:winning )?(?:lottery|powerball|lotto) (?:numbers|results)|winning numbers|(?:(?:\w+ )?(?:scores|fixtures|"
        r"results|standings) and (?:scores|fixtures|results|standings))|scoreboard|box scores?|corrections(?: and "
        r"clarifications)?|(?:events|community|arts) calendar|what's on|(?:today|this day) in history|(?:das "
        r")?tages-?horoskop|horoskop|tv-(?:programm|tipps)|todesanzeigen|lottozahlen|kreuzworträtsel|"
        r"veranstaltungstipps|wettervorhersage|wetterbericht|börsenkurse|kurstabellen?|horóscopo(?: diario)?|"
        r"programación (?:de )?tv|esquelas|crucigrama|pronóstico del tiempo|agenda cultural|(?:l')?horoscope|"
        r"programme tv|mots croisés|avis de décès|(?:bulletin |prévisions )?météo|résultats du loto"
    ),
    "opinion": (
        r"(?:guest |daily )?(?:opinions?|editorials?|op-?eds?|commentary|comment|columns?|essay)|our view|(?:my|your) "
        r"view|(?:readers' )?letters?(?: to the editor)?|guest (?:essay|column|commentary|post)|viewpoint|point of "
        r"view|(?:gast)?kommentar(?:e)?|meinung|leitartikel|gastbeitrag|kolumne|leserbriefe?|pro und contra|"
        r"standpunkt|opinión|editorial|columna(?: de opinión)?|tribuna|cartas? (?:al director|a la directora|de los "
        r"lectores)|éditos?|éditorial|tribune|chronique|courrier des lecteurs|billet(?: d'humeur)?|point de vue"
    ),
    "satire": (r"satire|satira|sátira|satirischer? \w+|borowitz report"),
    "spam": (
        r"sponsored(?: content| post)?|advertorial|paid post|advertisement|anzeige|publirreportaje|publi-?reportage"
    ),
}
_WHOLE_PART = {
    kind: re.compile(pattern.replace("<number>", _SPELT).replace("<period>", _PERIOD))
    for kind, pattern in _SERIES.items()
}
# Kickers of real reports too ("Weather: storm kills five"), so they count only as the whole title.
_WHOLE_TITLE = re.compile(
    r"weather|wetter|el tiempo|météo|deaths|obituaries|nachrufe|obituarios|carnet|results|scores|fixtures|standings|"
    r"termine|agenda|subscribe(?: now)?|newsletter|abonnieren|suscríbete|markets|market data|exchange rates|stock "
    r"tables?"
)
_STARTS = {
    "opinion": re.compile(r"the (?:\w+ ){1,4}view (?:on|of)\b|(?:editorial|opinion|op-ed) board\b"),
    "listing": re.compile(r"(?:weather (?:forecast|for)|horoscopes?|horoskop|horóscopo|lottozahlen|tv-programm) "),
}
_OPEN_ENDS = {
    "live": re.compile(
        r".* live (?:blog|updates|ticker)|.* (?:live-?blog|live-?ticker|news-?blog|as it happened)|.* [-–—] live"
    ),
}
_LIVE_FIRST = re.compile(
    r"live updates?\b(?! (?:of|to|on) (?:the )?(?:app|feature|software))|(?:liveblog|liveticker|newsblog)\b"
)

# Names of sections, and of parts of addresses.
_PLACE_NAMES = {
    "opinion": _listed(
        "opinion opinions op-ed opeds editorial editorials commentary commentisfree columnists columnist columns "
        "letters letters-to-the-editor viewpoints viewpoint comment meinung kommentar kommentare kolumne kolumnen "
        "leserbriefe gastbeitrag leitartikel opinión tribuna tribunas columna columnas cartas-al-director tribune "
        "tribunes éditorial éditos idées-débats points-de-vue chroniques"
    ),
    "live": _listed(
        "live-blog liveblog live-blogs liveblogs live-updates live-news liveticker live-ticker newsblog en-direct "
        "en-directo en-vivo live-reporting"
    ),
    "briefing": _listed(
        "briefing morning-briefing evening-briefing daily-briefing news-in-brief morgenbriefing newsletter "
        "newsletters the-morning revue-de-presse presseschau noticias-en-breve"
    ),
    "review": _listed(
        "week-in-review year-in-review week-in-pictures photos-of-the-day pictures-of-the-day bilder-des-tages "
        "wochenrückblick jahresrückblick"
    ),
    "listing": _listed(
        "horoscope horoscopes horoskop horoskope horóscopo horoscopo quiz quizzes quizzes-puzzles crossword "
        "crosswords sudoku tv-guide tv-listings tv-programm programme-tv death-notices todesanzeigen lottozahlen "
        "classifieds kreuzworträtsel"
    ),
    "spam": _listed(
        "sponsored sponsored-content sponsored-post advertorial advertorials partner-content paid-post paid-content "
        "brandvoice anzeigen publireportage publirreportaje contenido-patrocinado"
    ),
    "satire": _listed("satire satira sátira borowitz-report"),
}
_PLACES = {name: kind for kind, names in _PLACE_NAMES.items() for name in names}
_IN_ADDRESS = {"live": "live", "directo": "live"}  # as sections, these may be subjects (live music)
_TAGS = _listed(
    "live-blog liveblog live-blogs live-updates liveticker editorial op-ed leitartikel morning-briefing "
    "daily-briefing evening-briefing week-in-review sponsored-content advertorial letters-to-the-editor"
)
_SATIRISTS = _listed(
    "theonion.com der-postillon.com legorafi.fr elmundotoday.com babylonbee.com thedailymash.co.uk newsthump.com "
    "waterfordwhispersnews.com thebeaverton.com betootaadvocate.com dietagespresse.com clickhole.com"
)

_OPENING = 120  # characters at the beginning of a block in which a set phrase may stand
_CLOSING = re.compile(
    r"\b(?:this|our|the|today's) live ?(?:blog|coverage|updates|feed) (?:has|have|is|are) (?:now )?(?:ended|"
    r"closed|closing|over)|"
    r"\bclosing (?:this|our|the) (?:live ?)?blog\b|\bthat'?s (?:all|it) (?:for|from) (?:our|the|this) live "
    r"?(?:blog|coverage)|"
    r"\bdieser (?:live-?(?:blog|ticker)|newsblog) (?:ist|wird|wurde) (?:nun |jetzt )?(?:beendet|geschlossen)|"
    r"\b(?:ce|notre) (?:direct|live) est (?:désormais |maintenant )?(?:terminé|fini)"
)
_PHRASES = re.compile(
    r"what else is happening|what else happened|what else we(?:'re| are) (?:following|reading|watching)|also in "
    r"the news|"
    r"(?:and )?in other (?:news|headlines)\b|elsewhere in the news|(?:the )?news in brief|briefly|"
    r"other (?:top )?(?:news|headlines|stories)\b|here(?:'s| is| are) (?:what you need to know|what else|the "
    r"(?:top|main|day's|"
    r"latest|biggest) (?:stories|headlines|news))|(?:today's|the day's) (?:top )?(?:stories|headlines)|good "
    r"(?:morning|evening)\b|"
    r"before you go|and finally\b|that'?s (?:it|all) for (?:today|now|this (?:morning|briefing|evening))|see you "
    r"(?:tomorrow|on \w+day)|"
    r"(?:sign up|subscribe)\b.{0,40}\b(?:newsletter|briefing|inbox)|(?:and )?lastly\b|the latest news, explained|"
    r"back story|"
    r"was sonst noch|außerdem wichtig|und sonst\b|weitere (?:meldungen|nachrichten)|kurz und knapp|guten "
    r"(?:morgen|abend)\b|"
    r"(?:und )?zum schluss\b|zitat des tages|das bringt der tag|"
    r"otras noticias|también en las noticias|lo más importante|buen(?:os|as) (?:días|tardes)\b|en otras noticias|"
    r"y para terminar|"
    r"également dans l'actu|et aussi\b|les autres (?:titres|infos)|le reste de l'actu|bonjour\b|pour finir\b|à la une"
)
# The time of day that a block of a live page begins with: "10:42", "10.42 Uhr", "10h42", "Updated at 10:42 a.m. ET".
_STAMP = re.compile(
    r"(?:(?:updated|posted|last updated|aktualisiert|stand|actualizado|mis à jour)(?: at| um| a las| à)?:?\s+)?"
    r"\[?([01]?\d|2[0-3])[:.h]([0-5]\d)\]?(?!\d|[.,:]\d|\s?%)\s*([ap]\.?m\b\.?)?\s*(?:uhr|et|edt|est|ct|pt|pdt|"
    r"pst|gmt|utc|bst|"
    r"cet|cest|ist|aest|jst|hrs?|h)?\b\s*(.?)"
)
_SALES = sorted(
    _listed(
        "add to cart|add to basket|add to bag|buy now|buy it now|free shipping|free delivery|order now|order today|"
        "order online|shop now|click here to|limited time offer|limited-time offer|lowest price|best price|cheap "
        "price|money back guarantee|money-back guarantee|promo code|coupon code|discount code|voucher code|no "
        "prescription|while stocks last|while supplies last|satisfaction guaranteed|no deposit bonus|casino bonus|"
        "welcome bonus|free spins|backlinks|seo services|100% free|100% guaranteed|whatsapp us|call us now|in den "
        "warenkorb|jetzt kaufen|jetzt bestellen|versandkostenfrei|rabattcode|añadir al carrito|comprar ahora|envío "
        "gratis|ajouter au panier|livraison gratuite|code promo",
        "|",
    )
)
# Scripts without spaces: their words cannot be counted so.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_NAME = re.compile(r"(?<=[^\W_] )[A-Z]\w{2,}")
_NAMED = frozenset(("person", "organisation", "event", "work", "product"))


def genre_of(article: Article, annotation: Annotation | None = None, settings: GenreSettings = _DEFAULT) -> Genre:
    """Tell what kind of piece an article is; a report, where nothing says otherwise.

    What editors say counts before what the text's form says. Time and memory are linear in the text's length, and past
    `most_blocks` blocks nothing is read.
    """
    blocks = [block.text for block in islice(article.paragraphs, settings.most_blocks)]
    return (
        _by_publisher(article)
        or _by_title(article.title)
        or _by_place(article)
        or _by_phrase(article, blocks)
        or _by_stamps(blocks, settings)
        or _by_sales(blocks, settings)
        or _by_scatter(article, annotation, settings)
        or _REPORT
    )


def _by_publisher(article: Article) -> Genre | None:
    for address in (article.canonical, article.url):
        host = _cut(address)[0]
        if host in _SATIRISTS:
            return Genre("satire", f"{host} is a satirical paper")
    if re.search(r"\(opinion\)\s*$", article.publisher, re.IGNORECASE):
        return Genre("opinion", f"it came under the name “{article.publisher}”")
    return None


def _by_title(title: str) -> Genre | None:
    """What the title says: the name of a series as a whole part of it, or words that series begin or end with."""
    shown = _SPACE.sub(" ", title[:_LONGEST_TITLE]).strip()
    plain = shown.casefold().replace("’", "'")
    if not plain:
        return None
    if _WHOLE_TITLE.fullmatch(_bare(plain)):
        return Genre("listing", f"its whole title is “{shown}”")
    parts = [_bare(part) for part in _SEPARATORS.split(plain) if part]
    for kind, pattern in _WHOLE_PART.items():
        for part in parts:
            if part and pattern.fullmatch(part):
                return Genre(kind, f"its title says “{part}”")
    if found := _LIVE_FIRST.match(plain) or _OPEN_ENDS["live"].fullmatch(plain):
        return Genre("live", f"its title says “{found.group()[-40:]}”")
    for kind, pattern in _STARTS.items():
        if found := pattern.match(plain):
            return Genre(kind, f"its title begins with “{found.group().strip()}”")
    return None


def _bare(part: str) -> str:
    """A part of a title without days, numbers and little words around it, as far as something is left of it."""
    words = part.strip(" ,;.'\"“”‘-–—").split(" ")
    first, last = 0, len(words)
    while last - first > 1 and _is_when(words[last - 1]):
        last -= 1
    while last - first > 1 and _is_when(words[first]) and not words[first].isdigit():
        first += 1
    return " ".join(words[first:last]).strip(",")


def _is_when(word: str) -> bool:
    word = word.strip(",;.").removesuffix("'s")
    return word in _WHEN or _NUMBER.fullmatch(word) is not None


def _by_place(article: Article) -> Genre | None:
    """What section, tags and address say."""
    section = _hyphened(article.section)
    if kind := _PLACES.get(section):
        return Genre(kind, f"it stands in the section “{article.section}”")
    for tag in article.tags:
        name = _hyphened(tag)
        if name in _TAGS:
            return Genre(_PLACES.get(name, "live"), f"it is tagged “{tag}”")
    for address in (article.canonical, article.url):
        for part in _cut(address)[1]:
            if kind := _PLACES.get(part) or _IN_ADDRESS.get(part):
                return Genre(kind, f"its address has “/{part}/”")
    return None


def _hyphened(name: str) -> str:
    return "-".join(name[:80].casefold().replace("&", " ").split())


def _cut(address: str) -> tuple[str, list[str]]:
    """Host of an address, and the folders of its path; the last part is the article's own name."""
    try:
        parts = urlsplit(address[:2_000])
        folders = [part for part in unquote(parts.path).casefold().split("/") if part]
        return (parts.hostname or "").removeprefix("www."), folders[:-1]
    except ValueError:
        return "", []


def _openings(article: Article, blocks: list[str]) -> Iterator[str]:
    for text in chain((article.lede,), article.key_points, blocks):
        yield text[:_OPENING].casefold().replace("’", "'").lstrip(" -–—•*")


def _by_phrase(article: Article, blocks: list[str]) -> Genre | None:
    """A live page's own word that it has ended."""
    for opening in _openings(article, blocks):
        if ("live" in opening or "blog" in opening) and (found := _CLOSING.search(opening)):
            return Genre("live", f"it says “{found.group()}”")
    return None


def _by_stamps(blocks: list[str], settings: GenreSettings) -> Genre | None:
    """A page that grows: times of day stand above its pieces, or before them with the newest first.

    A report that tells the hours of an attack goes forward in time, and its times stand within the lines.
    """
    bare, minutes, first = 0, [], ""
    for text in blocks:
        opening = text[:60].lstrip(" -–—•*(")
        if not opening[:1].isalnum() and opening[:1] != "[":
            continue
        found = _STAMP.match(opening.casefold())
        if found is None:
            continue
        hour, minute, half, after = found.groups()
        # A number such as the "10.30" of a price is followed by its noun.
        if "." in found.group()[:5] and not half and "uhr" not in found.group():
            continue
        bare += not after
        first = first or opening[: found.start(4)].strip()
        late = bool(half) and half[0] == "p"
        minutes.append((int(hour) % 12 + 12 * late if half else int(hour)) * 60 + int(minute))
    if len(minutes) < max(settings.least_bare_stamps, settings.stamp_share * len(blocks)):
        return None
    falls = sum(later < earlier for earlier, later in pairwise(minutes))
    newest_first = len(minutes) >= settings.least_stamps and falls >= 0.7 * (len(minutes) - 1)
    if bare >= settings.least_bare_stamps or newest_first:
        return Genre("live", f"{len(minutes)} of its blocks begin with a time of day, the first with “{first}”")
    return None


def _by_sales(blocks: list[str], settings: GenreSettings) -> Genre | None:
    """A page that sells: set phrases of shops, or one run of words over and over, as bait for search engines."""
    text = "\n".join(islice(blocks, 300))[:60_000].casefold()
    said = [phrase for phrase in _SALES if phrase in text]
    words = text.split()
    if len(said) >= settings.sales_phrases and len(words) < 400 * len(said):
        return Genre("spam", "it sells: " + ", ".join(f"“{phrase}”" for phrase in said[:3]))
    least = max(settings.least_repeated, settings.repeated * len(words) / 3)
    often = [word for word, count in Counter(words).items() if count >= least]
    if len(often) < 2:
        return None
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    run, count = max(runs.items(), key=lambda one: one[1], default=(("",), 0))
    if count >= least and "".join(run).isalpha():
        return Genre("spam", f"it says “{' '.join(run)}” {count} times in {len(words)} words")
    return None


def _by_scatter(article: Article, annotation: Annotation | None, settings: GenreSettings) -> Genre | None:
    """A page of many things: no word goes through its parts, and no name."""
    openings = _openings(article, [block.text for block in islice(article.paragraphs, settings.most_blocks)])
    phrases = list(dict.fromkeys(found.group() for opening in openings if (found := _PHRASES.match(opening))))
    parts, headings = _parts(article, settings)
    if len(parts) < settings.least_parts:
        if len(phrases) >= settings.least_phrases and len(article.paragraphs) >= settings.least_parts:
            return Genre("briefing", f"it says “{phrases[0]}” and “{phrases[1]}”, as newsletters do")
        return None
    if len(_UNSPACED.findall(parts[0][0])) > 10:
        return None
    counted: Counter[str] = Counter()
    for text, _ in parts:
        counted.update({word[:7] for word in _LONG_WORD.findall(text.casefold())})
    common = counted.most_common(5)
    if len(common) < 5:
        return None
    reach = sum(count for _, count in common) / len(common) / len(parts)
    bar = settings.scattered
    if headings >= max(settings.least_headings, len(parts) / 4):
        bar = settings.scattered_headed
    if phrases:
        bar = settings.scattered_phrased if len(phrases) < settings.least_phrases else settings.scattered_phrases
    if reach >= bar or _widest(parts, annotation) >= settings.name_everywhere:
        return None
    share = f"its {len(parts)} parts share hardly a word: the five commonest stand in {reach:.0%} of them each"
    return Genre("briefing", f"it says “{phrases[0]}”, and {share}" if phrases else share)


def _parts(article: Article, settings: GenreSettings) -> tuple[list[tuple[str, int]], int]:
    """Pieces of a text of about sixty words, cut at headings too, with where each begins; and the count of headings."""
    parts: list[tuple[str, int]] = []
    headings = start = at = words = 0
    held: list[str] = []
    for block in islice(article.paragraphs, settings.most_blocks):
        heading = block.kind == "heading"
        headings += heading
        if held and (words >= settings.part_words or (heading and words >= settings.part_words // 3)):
            parts.append(("\n".join(held), start))
            held, words, start = [], 0, at
        held.append(block.text)
        words += block.text.count(" ") + 1
        at += len(block.text) + 2
        if len(parts) >= settings.most_parts:
            return parts, headings
    if held and words >= settings.part_words // 3:
        parts.append(("\n".join(held), start))
    return parts, headings


def _widest(parts: list[tuple[str, int]], annotation: Annotation | None) -> float:
    """Share of the parts in which the most widespread name stands: a person, a body, an event or a work, no country."""
    counted: Counter[str] = Counter()
    if annotation is None:
        for text, _ in parts:
            counted.update(set(_NAME.findall(text)))
        return max(counted.values(), default=0) / len(parts)
    starts = [start for _, start in parts]
    seen: set[tuple[int, str]] = set()
    number = 0
    for mention in sorted((one for one in annotation.mentions if one.kind in _NAMED), key=lambda one: one.span.start):
        while number + 1 < len(starts) and starts[number + 1] <= mention.span.start:
            number += 1
        name = mention.text.rpartition(" ")[2] if mention.kind == "person" else mention.text
        seen.add((number, name.casefold()))
    counted.update(name for _, name in seen)
    return max(counted.values(), default=0) / len(parts)
