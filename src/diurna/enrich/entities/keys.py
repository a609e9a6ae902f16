"""Keys by which names compare: what outlets write differently goes, what tells two things apart stays."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from diurna.enrich.entities.words import word_set
from diurna.model import entity_id

__all__ = [
    "HONORIFICS",
    "PARTICLES",
    "REGAL",
    "SUFFIXES",
    "filing_keys",
    "heard",
    "name_key",
    "name_tokens",
    "plain_spelling",
    "sounds_key",
    "surname_key",
    "surname_of",
    "unlisted_ref",
]

_LONGEST = 200
"""Characters of a name that are looked at; the longest title in the sample days has 70."""

_REMEMBERED = 1 << 14
"""Names whose keys are kept, since news names the same things over and over: some 3 MB."""

HONORIFICS = word_set(
    "mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend fr sen senator rep representative gov "
    "governor president chancellor premier minister prime deputy vice chairman chairwoman secretary general gen "
    "col colonel lt lieutenant maj major capt captain adm admiral sgt sergeant cpl marshal commander ambassador "
    "mayor judge justice sheikh shaikh sheik imam mullah rabbi archbishop bishop cardinal comrade former acting "
    "herr frau monsieur madame señor señora senor senora don doña u tun datuk tan sri shri haji hajj detective "
    "inspector officer congressman congresswoman"
)
REGAL = word_set("pope king queen prince princess emperor empress saint st sultan emir ayatollah patriarch")
"""Titles that a lone given name is not known without: "Francis" alone is nobody, "Pope Francis" is."""
SUFFIXES = word_set("jr sr ii iii iv junior senior")
PARTICLES = word_set(
    "al el ul as ash an ad ar at az de da do dos das del della der den di du la le las los van von ten ter y e "
    "bin ibn ben bint abu"
)
_ARTICLES = frozenset(("al", "el", "ul", "as", "ash", "an", "ad", "ar", "az"))
_SMALL = word_set("the of for and in on at to a an de la le du des del der y et")
_COMPANY = word_set("co corp corporation company inc incorporated ltd limited plc llc ag sa nv gmbh spa fc afc cf")
_SPELLINGS = {
    "defence": "defense",
    "labour": "labor",
    "centre": "center",
    "organisation": "organization",
    "programme": "program",
    "theatre": "theater",
    "harbour": "harbor",
    "st": "saint",
    "mt": "mount",
    "ft": "fort",
    "dept": "department",
    "intl": "international",
    "govt": "government",
    "&": "and",
}
_SHORT_COUNTRIES = {
    "us": ("united", "states"),
    "usa": ("united", "states"),
    "uk": ("united", "kingdom"),
    "un": ("united", "nations"),
    "eu": ("european", "union"),
}
_OFFICES = frozenset(("ministry", "department"))
_KOREAN_SURNAMES = word_set(
    "ahn an bae ban baek cha chang cho choe choi chon chong chun chung gu ha han heo ho hong hwang hwangbo hyon "
    "hyun im jang jeon jeong ji jin jo joo jung kang kil kim ko koo kwon lee lim min mun moon na nam no noh oh "
    "pae paek pak park pyon pyun ra rhee ri rim ro roh ryu seo seok shin sim sin so sohn son song suh sung u woo "
    "yang yi yim yoo yoon you yu yun"
)
_CHINESE_SURNAMES = word_set(
    "bai bo cai cao chen cheng cui deng ding dong du fan fang feng fu gao guo he hou hu huang jia jiang jin kong "
    "lai lei li liang liao lin liu lu luo ma mao meng pan peng qi qian qin qiu ren shao shen shi sun tan tang "
    "tian tsai wang wei wen wu xi xia xiao xie xiong xu xue yan yao ye yu yuan zeng zhang zhao zheng zhong zhou "
    "zhu zou"
)
_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uan|uai|"
    r"ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|a|e|i|o|u)){1,2}"
)
_DOTS = re.compile(r"(?<=\w)\.(?=\w\b)|(?<=\b\w)\.|(?<=\w)['\u2018\u2019\u02bc`](?=\w)")
_POSSESSIVE = re.compile(r"(?:['\u2018\u2019\u02bc]s|(?<=s)['\u2018\u2019\u02bc])$", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+|&")
_QUALIFIER = re.compile(r"\s*\([^()]*\)\s*$")


def name_tokens(words: str) -> tuple[str, ...]:
    """Words of a name for comparing: no case, marks, dots, hyphens, possessive; `U. N.` and `UN` are `un`."""
    return _tokens(words[:_LONGEST])


@lru_cache(maxsize=_REMEMBERED)
def _tokens(words: str) -> tuple[str, ...]:
    plain = words if words.isascii() else anyascii(unicodedata.normalize("NFKC", words))
    plain = _DOTS.sub("", _POSSESSIVE.sub("", plain.strip())).lower()
    tokens: list[str] = []
    initials = False
    for token in _TOKEN.findall(plain):
        if len(token) == 1 and token.isalpha():
            if initials:
                tokens[-1] += token
                continue
            initials = True
        else:
            initials = False
        tokens.append(token)
    return tuple(tokens)


@lru_cache(maxsize=_REMEMBERED)
def name_key(words: str, kind: str) -> str:
    """What spellings of one name have in common across outlets, empty for words that name nothing.

    Of a person neither order, honorifics nor the Arabic article count (`KIM JONG-UN`, `Kim Jong Un`; `el-Sisi`,
    `al-Sisi`); of others neither an article in front nor American spelling, nor short for countries in front (`U.S.
    Pacific Command`), and of organisations neither what they are in law (`Co`) nor whether they are a `Ministry of
    Defence` or a `Defense Ministry`.
    """
    tokens = name_tokens(words)
    if kind == "person":
        return " ".join(sorted(_person_tokens(tokens)))
    return " ".join(_thing_tokens(tokens, kind))


def _person_tokens(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Tokens of a person's name without honorifics in front and without Arabic articles."""
    first = 0
    while first < len(tokens) - 1 and tokens[first] in HONORIFICS:
        first += 1
    tokens = tokens[first:]
    last = len(tokens) - 1
    return tuple(token for at, token in enumerate(tokens) if at == last or not _article(token, at))


def _article(token: str, at: int) -> bool:
    """Whether a token that is not a name's last is an Arabic article: "Ash" and "An" in front are names."""
    return token in _ARTICLES and (at > 0 or token in ("al", "el"))


def _thing_tokens(tokens: tuple[str, ...], kind: str) -> tuple[str, ...]:
    if len(tokens) > 1 and tokens[0] == "the":
        tokens = tokens[1:]
    if tokens and tokens[0] in _SHORT_COUNTRIES:
        tokens = _SHORT_COUNTRIES[tokens[0]] + tokens[1:]
    spelled = tuple(_SPELLINGS.get(token, token) for token in tokens)
    if kind not in ("organisation", ""):
        return spelled
    kept = tuple(word for word in spelled if word not in _SMALL and word != "and") or spelled
    while len(kept) > 1 and kept[-1] in _COMPANY:
        kept = kept[:-1]
    return tuple(sorted(kept)) if not _OFFICES.isdisjoint(kept) else kept


@lru_cache(maxsize=_REMEMBERED)
def surname_of(words: str) -> str:
    """The token that a person is called by after the full name: the last, or the first of a Korean or Chinese name.

    Of `Martin Luther King Jr.` it is `king`, of `Moon Jae-in` `moon`, of `Xi Jinping` `xi`.
    """
    tokens = _person_tokens(name_tokens(words))
    if len(tokens) < 2:
        return tokens[0] if tokens else ""
    if _korean(words, tokens):
        return tokens[0] if tokens[0] in _KOREAN_SURNAMES else tokens[2]
    if len(tokens) == 2 and tokens[0] in _CHINESE_SURNAMES and _PINYIN.fullmatch(tokens[1]):
        return tokens[0]
    last = len(tokens) - 1
    while last > 1 and tokens[last] in SUFFIXES:
        last -= 1
    return tokens[last]


def surname_key(token: str) -> str:
    """Key under which persons with a surname are filed."""
    return "@" + token


def filing_keys(words: str, kind: str) -> tuple[str, ...]:
    """Keys under which a known name is to be filed, so that `lookup_keys` of any spelling of it meet one of them.

    `kind` is empty where nothing says what is named, as of a wikilink; then it is filed as a person too. The qualifier
    of an encyclopedia's title, as in `National Assembly (South Korea)`, doesn't count.
    """
    bare = _QUALIFIER.sub("", words) or words
    keys: list[str] = []
    if kind != "person":
        keys += [name_key(bare, "organisation"), name_key(bare, "place")]
    if kind in ("", "person"):
        keys.append(name_key(bare, "person"))
        keys.append(sounds_key(bare))
        tokens = _person_tokens(name_tokens(bare))
        if 2 <= len(tokens) <= 5 and bare[:1].isupper() and all(token.isalpha() for token in tokens):
            keys.append(surname_key(surname_of(bare)))
            keys.append(surname_key(tokens[0]) if len(tokens) < 4 else "")
    return tuple(dict.fromkeys(key for key in keys if key))


# ------------------------------------------------------------------------------------------- names in no list


@lru_cache(maxsize=_REMEMBERED)
def plain_spelling(words: str, kind: str) -> str:
    """The one spelling of a name in no list, whichever outlet wrote it: `YOON YOUNG CHAN` is `Yoon Young-chan`.

    Marks and dots go, since outlets drop them; each word has a capital but particles and the later syllables of Korean
    names.
    """
    tokens = name_tokens(words)
    if kind == "person":
        tokens = _person_tokens_in_order(tokens)
        if _korean(words, tokens):
            if tokens[0] not in _KOREAN_SURNAMES:
                tokens = (tokens[-1], *tokens[:-1])
            return f"{tokens[0].capitalize()} {tokens[1].capitalize()}-{tokens[2]}"
        return " ".join(_spelled(token, at) for at, token in enumerate(tokens))
    tokens = _thing_tokens(tokens, "place")
    if kind == "organisation" and len(tokens) > 2 and tokens[0] in _OFFICES and tokens[1] == "of":
        tokens = (*(tokens[3:] if tokens[2] == "the" else tokens[2:]), tokens[0])
    while kind == "organisation" and len(tokens) > 1 and tokens[-1] in _COMPANY:
        tokens = tokens[:-1]
    if len(tokens) == 1:
        return tokens[0].upper() if _initialism(words) else tokens[0].capitalize()
    return " ".join(token if at and token in _SMALL else token.capitalize() for at, token in enumerate(tokens))


def _spelled(token: str, at: int) -> str:
    if at and token in PARTICLES:
        return _ARABIC.get(token, token)
    if len(token) == 2 and not _VOWEL.search(token):
        return _SUFFIXED.get(token, token.upper())
    return _SUFFIXED.get(token, token.capitalize())


_VOWEL = re.compile("[aeiouy]")
_ARABIC = {"el": "al", "ul": "al"}
_SUFFIXED = {"jr": "Jr.", "sr": "Sr.", "junior": "Jr.", "senior": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}


@lru_cache(maxsize=_REMEMBERED)
def unlisted_ref(words: str, kind: str) -> str:
    """Reference of the entity that a name in no list stands for.

    Who later learns a title for that name lets this reference stand for the title's.
    """
    return f"entity:{entity_id(plain_spelling(words, kind))}"


def _person_tokens_in_order(tokens: tuple[str, ...]) -> tuple[str, ...]:
    first = 0
    while first < len(tokens) - 1 and tokens[first] in HONORIFICS:
        first += 1
    return tokens[first:]


def _korean(words: str, tokens: tuple[str, ...]) -> bool:
    """Whether a name is a Korean one: three short syllables, surname first or, with a hyphen, last."""
    if len(tokens) != 3 or max(map(len, tokens)) > 6:
        return False
    if tokens[0] in _KOREAN_SURNAMES and len(tokens[1]) > 1 and len(tokens[2]) > 1:
        return _syllable(tokens[1]) and _syllable(tokens[2])
    return tokens[2] in _KOREAN_SURNAMES and "-" in words and _syllable(tokens[0]) and _syllable(tokens[1])


_SYLLABLE = re.compile(
    r"(?:[bcdghjkmnprstwy]|ch|kk|pp|tt|ss|jj|sh|kw|gw|hw|wh)?[wy]?(?:a|ae|e|eo|eu|ee|i|o|oo|ou|u|ui|oe|ue|ya|yae|yo|yu|yeo|wi)"
    r"(?:k|g|n|l|m|p|b|ng|r|t|h|ck)?"
)


def _syllable(token: str) -> bool:
    return _SYLLABLE.fullmatch(token) is not None


def _initialism(words: str) -> bool:
    """Whether a word is written in capitals only and is short: `KCNA`, not `VELMORA`."""
    letters = [char for char in words if char.isalpha()]
    return 1 < len(letters) <= 5 and all(char.isupper() for char in letters)


# ---------------------------------------------------------------------------------------------- transliteration

# Names that reach Latin script by ear: the vowels fall into three classes, q, k and hard g into one, double letters
# into one. Only where a name shows that it came that way, since Jean and Jan Smith are two people.
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"[ck]h"), lambda found: "x" if found.group()[0] == "c" else "k"),
    (re.compile(r"gh|dh|th"), lambda found: {"g": "k", "d": "d", "t": "t"}[found.group()[0]]),
    (re.compile(r"dj|dzh|zh"), "j"),
    (re.compile(r"tch|tsch|sch|sh"), lambda found: "x" if found.group()[0] == "t" else "s"),
    (re.compile(r"[qgc]"), "k"),
    (re.compile(r"ee|iy|yy|ii|ij|yi|y"), "i"),
    (re.compile(r"oo|ou|u|o"), "u"),
    (re.compile(r"e"), "a"),
    (re.compile(r"w"), "v"),
    (re.compile(r"x"), "ks"),
)
_SLAVIC = re.compile(r".{3,}(?:sky|skyy|skiy|skyi|skii|ski|enko|ovych|evych|ovich|evich|[oe]v|[oe]ff)$")
_BY_EAR = word_set(
    "muhamad ahmad hasan husain iusuf iusaf abdula abdala ali umar usama ibrahim mustafa mahmud khalid kalid said "
    "salah kamal jamal karim rashid rasid nasir nasar tarik faisal iasin hamid hamad kadafi muamar musa isa abdal "
    "abdul abd rahman rahim asad basar hafiz hafaz murtaza zia"
)
_SAME_NAMES = {"iusaf": "iusuf", "abdala": "abdula", "abdal": "abd", "abdul": "abd", "nasar": "nasir", "hafaz": "hafiz"}
_RUN = re.compile(r"(.)\1+")


@lru_cache(maxsize=_REMEMBERED)
def sounds_key(words: str) -> str:
    """What transliterations of one person's name have in common; empty where a name doesn't look transliterated.

    `Muammar Gaddafi` and `Moammar Qadhafi`, `Zelensky` and `Zelenskyy`, `Youssef` and `Yusuf` meet.
    """
    tokens = name_tokens(words)
    sounds = [heard(token) for token in _person_tokens(tokens)]
    by_ear = any(token in _ARTICLES for token in tokens[1:]) or not _BY_EAR.isdisjoint(sounds)
    if not sounds or not (by_ear or any(_SLAVIC.fullmatch(token) for token in tokens)):
        return ""
    if sum(map(len, sounds)) < 6:
        return ""
    return "~" + " ".join(sorted(sounds))


@lru_cache(maxsize=_REMEMBERED)
def heard(token: str) -> str:
    """A token as it sounds, for names that reach Latin script by ear."""
    for pattern, sound in _SOUNDS:
        token = pattern.sub(sound, token)
    token = _RUN.sub(r"\1", token)
    token = token[:-1] if len(token) > 3 and token.endswith("ah") else token
    return _SAME_NAMES.get(token, token)
