"""Words by which editors say what kind of piece an article is, and those that give away a form.

Titles of series, names of sections, set phrases; English, German, French and Spanish; our own lists.
"""

import re

__all__ = [
    "CLOSING",
    "IN_ADDRESS",
    "LIVE_FIRST",
    "NUMBER",
    "OPENING",
    "OPEN_ENDS",
    "PHRASES",
    "PLACES",
    "SALES",
    "SATIRISTS",
    "STAMP",
    "STARTS",
    "TAGS",
    "WHEN",
    "WHOLE_PART",
    "WHOLE_TITLE",
]


def _listed(text: str, mark: str = " ") -> frozenset[str]:
    return frozenset(text.split(mark))


# What may stand around the name of a series: days, months, numbers, little words. "Tuesday's Evening Briefing, May 2".
WHEN = _listed(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march "
    "april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "today tonight yesterday for of on from the your our at edition montag dienstag mittwoch donnerstag freitag "
    "samstag sonntag januar februar märz mai juni juli oktober dezember heute vom am der die das lunes martes "
    "miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre "
    "noviembre diciembre hoy del de el la los las este lundi mardi mercredi jeudi vendredi samedi dimanche janvier "
    "février mars avril juin juillet août septembre octobre novembre décembre aujourd'hui du le les ce"
)
NUMBER = re.compile(r"[\d./:]+(?:st|nd|rd|th|er|h)?")

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
WHOLE_PART = {
    kind: re.compile(pattern.replace("<number>", _SPELT).replace("<period>", _PERIOD))
    for kind, pattern in _SERIES.items()
}
# Kickers of real reports too ("Weather: storm kills five"), so they count only as the whole title.
WHOLE_TITLE = re.compile(
    r"weather|wetter|el tiempo|météo|deaths|obituaries|nachrufe|obituarios|carnet|results|scores|fixtures|standings|"
    r"termine|agenda|subscribe(?: now)?|newsletter|abonnieren|suscríbete|markets|market data|exchange rates|stock "
    r"tables?"
)
STARTS = {
    "opinion": re.compile(r"the (?:\w+ ){1,4}view (?:on|of)\b|(?:editorial|opinion|op-ed) board\b"),
    "listing": re.compile(r"(?:weather (?:forecast|for)|horoscopes?|horoskop|horóscopo|lottozahlen|tv-programm) "),
    # "The week in Lisbon: 3 to 9 May", never "This week in Lisbon a court …" nor "The week in jail that changed him".
    "review": re.compile(
        r"(?:(?:the|last|this|our|your) week in|die woche in|la semana en|la semaine (?:en|à)) (?:the )?(?:\w+ )?\w+"
        r"(?= ?[:|·•]| [-–—] |$)|the week that was\b"
    ),
}
OPEN_ENDS = {
    "live": re.compile(
        r".* live (?:blog|updates|ticker)|.* (?:live-?blog|live-?ticker|news-?blog|as it happened)|.* [-–—] live"
    ),
}
LIVE_FIRST = re.compile(
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
PLACES = {name: kind for kind, names in _PLACE_NAMES.items() for name in names}
IN_ADDRESS = {"live": "live", "directo": "live"}  # as sections, these may be subjects (live music)
TAGS = _listed(
    "live-blog liveblog live-blogs live-updates liveticker editorial op-ed leitartikel morning-briefing "
    "daily-briefing evening-briefing week-in-review sponsored-content advertorial letters-to-the-editor"
)
SATIRISTS = _listed(
    "theonion.com der-postillon.com legorafi.fr elmundotoday.com babylonbee.com thedailymash.co.uk newsthump.com "
    "waterfordwhispersnews.com thebeaverton.com betootaadvocate.com dietagespresse.com clickhole.com"
)

OPENING = 120  # characters at the beginning of a block in which a set phrase may stand
CLOSING = re.compile(
    r"\b(?:this|our|the|today's) live ?(?:blog|coverage|updates|feed) (?:has|have|is|are) (?:now )?(?:ended|"
    r"closed|closing|over)|"
    r"\bclosing (?:this|our|the) (?:live ?)?blog\b|\bthat'?s (?:all|it) (?:for|from) (?:our|the|this) live "
    r"?(?:blog|coverage)|"
    r"\bdieser (?:live-?(?:blog|ticker)|newsblog) (?:ist|wird|wurde) (?:nun |jetzt )?(?:beendet|geschlossen)|"
    r"\b(?:ce|notre) (?:direct|live) est (?:désormais |maintenant )?(?:terminé|fini)"
)
PHRASES = re.compile(
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
STAMP = re.compile(
    r"(?:(?:updated|posted|last updated|aktualisiert|stand|actualizado|mis à jour)(?: at| um| a las| à)?:?\s+)?"
    r"\[?([01]?\d|2[0-3])[:.h]([0-5]\d)\]?(?!\d|[.,:]\d|\s?%)\s*([ap]\.?m\b\.?)?\s*(?:uhr|et|edt|est|ct|pt|pdt|"
    r"pst|gmt|utc|bst|"
    r"cet|cest|ist|aest|jst|hrs?|h)?\b\s*(.?)"
)
SALES = sorted(
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
