"""Words that numbers are made of, that qualify them, and that end the name of what is counted."""

__all__ = [
    "CARDINALS",
    "CHANGES",
    "DENOMINATORS",
    "MONTHS",
    "NAMERS",
    "NONE_OF",
    "QUALIFIERS",
    "QUALIFIERS_AFTER",
    "SCALES",
    "SHORT_SCALES",
    "STOPS",
    "VAGUE",
    "VULGAR",
    "word_set",
]


def word_set(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


CARDINALS: dict[str, int] = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
CARDINALS["fourty"] = 40

SCALES: dict[str, float] = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "lakhs": 1e5,
    "lac": 1e5,
    "million": 1e6,
    "millions": 1e6,
    "crore": 1e7,
    "crores": 1e7,
    "billion": 1e9,
    "billions": 1e9,
    "trillion": 1e12,
    "trillions": 1e12,
    "quadrillion": 1e15,
    "dozen": 12,
    "score": 20,
}
SHORT_SCALES: dict[str, float] = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "mil": 1e6,
    "mm": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "t": 1e12,
    "tn": 1e12,
    "trn": 1e12,
    "cr": 1e7,
    "l": 1e5,
}
"""Scales in short, right after a sum of money; the longer ones (`mn`, `bn`, `tn`) after any number."""

DENOMINATORS: dict[str, int] = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "hundredth": 100,
    "thousandth": 1000,
}
DENOMINATORS |= {word + "s": number for word, number in DENOMINATORS.items() if not word.startswith("hal")}

VULGAR: dict[str, float] = {
    "½": 1 / 2,
    "¼": 1 / 4,
    "¾": 3 / 4,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅕": 1 / 5,
    "⅖": 2 / 5,
    "⅗": 3 / 5,
    "⅘": 4 / 5,
    "⅙": 1 / 6,
    "⅚": 5 / 6,
    "⅛": 1 / 8,
    "⅜": 3 / 8,
    "⅝": 5 / 8,
    "⅞": 7 / 8,
}

VAGUE: dict[str, float] = {
    "tens": 20,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2e3,
    "lakhs": 2e5,
    "millions": 2e6,
    "crores": 2e7,
    "billions": 2e9,
    "trillions": 2e12,
    "several": 3,
    "few": 3,
}
"""The least that such a word means: two of what it is the plural of."""

# How a qualifier bounds the number: about, from below, from above.
QUALIFIERS: dict[str, str] = {
    phrase: bound
    for bound, phrases in {
        "about": "about, around, roughly, approximately, approx, circa, some, an estimated, estimated, close to, "
        "nearer, more or less, in the region of, in the neighborhood of, in the neighbourhood of, on the order of, "
        "in the order of, somewhere around, something like, ~, ≈, maybe, perhaps, or so",
        "lower": "more than, at least, over, above, no less than, no fewer than, not less than, "
        "upwards of, upward of, in excess of, just over, well over, greater than, higher than, larger than, "
        "slightly more than, a little more than, just more than, slightly over, a little over, well above, "
        "just above, a minimum of, minimum of, not fewer than, north of, longer than, older than, bigger than, "
        "far more than, much more than, many more than, better than, >, ≥, exceeding, surpassing, topping, beyond, "
        "at the least",
        "upper": "up to, less than, fewer than, under, below, at most, no more than, not more than, nearly, almost, "
        "just under, well under, just below, a maximum of, maximum of, shy of, just shy of, lower than, "
        "smaller than, younger than, shorter than, slightly less than, slightly fewer than, a little less than, "
        "far fewer than, far less than, <, ≤, only up to, not even, shy of, at the most, "
        "no longer than, no higher than",
    }.items()
    for phrase in (one.strip() for one in phrases.split(","))
}
# "As many as 60" tells the most there may be, "as few as 60" the least.
QUALIFIERS |= {"as many as": "upper", "as much as": "upper", "as few as": "lower", "as little as": "lower"}

QUALIFIERS_AFTER: dict[str, str] = {
    "or more": "lower",
    "or greater": "lower",
    "or higher": "lower",
    "or above": "lower",
    "or over": "lower",
    "or older": "lower",
    "and above": "lower",
    "and older": "lower",
    "and over": "lower",
    "and up": "lower",
    "or less": "upper",
    "or fewer": "upper",
    "or under": "upper",
    "or younger": "upper",
    "and under": "upper",
    "and younger": "upper",
    "or so": "about",
}

CHANGES = word_set(
    """rose rise rises rising risen fell fall falls falling fallen up down gained gain gains lost climbed climb jumped
    jump dropped drop drops dropping slipped slid sank surged tumbled soared plunged declined decline grew grow
    grown increased increase increases increasing decreased decrease cut reduced raised raise raising lowered lifted
    went widened narrowed shrank advanced changed moved swung doubled tripled edged slumped dipped rallied expanded
    improved to"""
)
"""Words after which "5 percent to 7 percent" is a change, not a range."""

MONTHS = word_set(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec"""
)

NAMERS = word_set(
    """no nos number numbers # route flight article section chapter page pages pp room rooms highway exit channel gate
    platform level phase stage category group unit block version apartment apt suite district ward track pier zone
    table figure fig volume vol part episode season round step class rule title paragraph para clause amendment
    resolution proposition prop interstate i-95 sector act line bus verse psalm appendix annex schedule item lot
    hole square type formula model mark mk serial form grade tier catch tel telephone phone fax ext extension box
    building terminal runway bay aisle row seat count windows iphone ipad galaxy playstation xbox android ios apollo
    soyuz falcon boeing airbus protocol directive bulletin opus op sonata symphony area q1 quarter pm pmid isbn issn
    version firmware precinct battalion brigade regiment squadron ladder engine station camp juz surah warehouse
    shed bill measure question pop covid sars chapter division mile-marker kindle router studio ap ufc wrestlemania"""
)
"""Words before a number that make it part of a name."""

NONE_OF = word_set(
    """casualties deaths injuries fatalities survivors victims arrests people persons passengers civilians soldiers
    troops hostages prisoners infections missiles shots witnesses suspects abductions detentions evacuations goals
    points seats wounded dead injured explosions aftershocks convictions executions militants rebels policemen
    officers children women men residents students workers employees crew"""
)
"""Things of which reports count none: "no casualties". Not all plurals: "no plans" counts nothing."""

STOPS = word_set(
    """the a an this that these those his her its their our my your of in on at by to from for with without within into
    onto over under above below between among amid during before after since until till as than and or but nor so
    yet if when while where who whom whose which what why how because though although about around near across
    through per via against toward towards upon off out up down again once here there now then also too very not
    never no any some each every all both either neither is are was were be been being am has have had do does did
    will would shall should can could may might must ought s t m re ve ll d n it he she they we i you him them us me
    himself herself itself themselves said says say told saying added according later earlier ago away apart long
    tall high wide deep thick north south east west behind ahead took take taken takes came come comes went go goes
    gone made make makes got get gets gave give gives left leave leaves began begin begins held hold holds told tell
    tells seen saw see became become becomes remain remains remained still just only even already yesterday today
    tomorrow tonight monday tuesday wednesday thursday friday saturday sunday died die dies dying lost won hit met
    set put ran run sold bought paid spent sent cost costs rose fell grew kept let lay lie led live lives living
    one's plus minus versus vs compared including include includes included whereas whether unless except despite
    instead like unlike worth rather more less most least other another else such own same few several many much"""
)
"""Words that no name of a counted thing holds, or that end it."""
