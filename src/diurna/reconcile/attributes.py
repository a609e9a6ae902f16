"""Attributes that claims are aligned by: which names mean one, which of them move, whom a count is of.

Attributes are found from the text, and any may come up. The common ones have a good name here, and belong to a family.
"""

import re
from functools import lru_cache

from diurna.enrich.figures.words import PERSONS, lemma
from diurna.group.terms import COMMON, stems

__all__ = ["excludes", "family_of", "group_of", "is_settled", "likeness", "moves", "named_by_cue"]

_FAMILIES = {
    "killed": "killed|dead|deaths|fatalities|bodies|lives",
    "injured": "injured|wounded|hurt|injuries|hospitalised|treated",
    "missing": "missing|unaccounted",
    "arrested": "arrested|detained|held|suspects|detentions|arrests",
    "evacuated": "evacuated|displaced|homeless",
    "infected": "infected|cases|suspected cases|confirmed cases|infections",
    "escaped": "escaped|gone|fled|got away|broke out",
    "damaged": "damaged|destroyed|ruined|flattened",
    "attendance": "attendance|marchers|protesters|demonstrators|crowd|spectators",
    "distance flown": "distance flown|flight|range",
    "altitude": "altitude|height|apogee",
    "price": "price|cost|paid|sum|worth|value|spent|deal|loss|losses|damage|fine",
    "vote share": "vote share|share|share of votes",
}
# Names of one thing that an event may have several of, so that another name does not speak against one.
_SYNONYMS = {
    "vehicles": "vehicles|cars|lorries|trucks|vans",
    "carriages": "carriages|wagons",
    "vessels": "vessels|boats|ships|fishing boats|trawlers",
    "homes": "homes|houses|households|properties|customers",
    "computers": "computers|machines|devices|servers",
    "operations": "operations|surgeries|procedures",
    "jobs": "jobs|posts|positions",
    "duration": "duration|time|lasted|length of time|wait",
    "length": "length|stretch|section",
}
# Words beside a figure that say what it is, by what its unit measures; tried where the text gives no known name.
_CUES = {
    "length": (
        (
            "altitude",
            r"altitude|height|high(?:est)?\b|higher|climb\w*|apogee|rose\b|above (?:the )?(?:ground|sea)|overhead",
        ),
        ("depth", r"depth|deep(?:er)?\b|beneath|under(?:ground|neath)?\b|below|down\b|focus"),
        ("wingspan", r"wing\w*"),
        (
            "distance flown",
            r"flew|flown|flight|travell?ed|cover(?:s|ed)\b|downrange|splash\w*"
            r"|inland|into the country|stray\w*|penetrat\w+",
        ),
    ),
    "count": (
        (
            "killed",
            r"killed|dead\b|died|deaths?\b|bodies|lives\b|toll\b|perished|fatalit\w+|drowned|swept away",
        ),
        (
            "injured",
            r"injur\w+|wounded|hurt\b|bruis\w+|broken|burns\b|concuss\w+|fractur\w+|nosebleeds?|(?:in|to) hospital"
            r"|hospitali[sz]ed|treated|seen (?:by )?(?:a )?doctors?",
        ),
        ("missing", r"missing|unaccounted|look(?:ed|ing) for|search(?:ed|ing)? for"),
        ("arrested", r"arrest\w*|detained"),
        (
            "evacuated",
            r"evacuat\w*|taken off|to safety|higher ground|mainland|(?:from|of) their homes|(?:left|leave)\b"
            r"|shelters?\b|led out|ashore|rescued",
        ),
        ("released", r"freed|released|let go"),
        ("abducted", r"abduct\w*|kidnap\w*|hostages?|held by"),
        ("infected", r"infected|(?:fell|fallen|taken|made) ill|(?:ill|sick)\b|poison\w+"),
        ("recaptured", r"recaptured|caught|in custody"),
        ("escaped", r"escap\w+|broke out|on the run|got away"),
        ("aboard", r"aboard|on board|carrying"),
        (
            "strikers",
            r"strike\w*|join(?:ed)? the action|walk(?:ed)? out|walkout|stay(?:ed)? away|refused to|downed tools"
            r"|picket\w*",
        ),
        ("attendance", r"march\w*|demonstrat\w+|protest\w*|rally|crowd|turned out|spectators|attended|took part"),
    ),
    "share": (
        ("turnout", r"turnout|turned out|cast (?:their )?(?:votes|ballots)|(?:taken?|took) part"),
        ("vote share", r"votes?\b|ballots|counted|referendum"),
        ("pay rise", r"pay\b|wages?\b|salar\w+|raise\b"),
    ),
}
_PEOPLE = frozenset(
    re.findall(
        r"\w+",
        "people persons men women children villagers islanders passengers travellers guests strangers strikers dockers "
        "marchers miners skiers runners walkers employees staff pupils students tourists troops robbers thieves "
        "raiders prisoners hostages surveyors climbers sailors fishermen farmers crewmen officers sons households",
    )
)
# Of these none is killed or hurt: "taken to six hospitals".
_THINGS = frozenset(
    re.findall(
        r"\w+",
        "hospitals hospital houses homes buildings ferries ships boats cars buses vehicles villages towns cities "
        "countries computers schools flights trains provinces districts sites families clans tribes "
        "nationalities",
    )
)
_TOLLS = frozenset(("killed", "injured", "missing", "arrested", "infected"))
_OF_PEOPLE = frozenset(("killed", "injured", "missing", "arrested"))
_CUES_READ = {
    kind: tuple((name, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for name, words in cues)
    for kind, cues in _CUES.items()
}
_NEAR = 70
"""Characters on either side of a figure in which a cue counts; the nearest does."""

# Acts by which times and places go: "time of launch" and "time of test" are one where the event is one.
_ACTS = (
    "launch test firing flight",
    "explosion blast bombing attack detonation bomb",
    "collision crash accident impact wreck derailment",
    "fire blaze outbreak",
    "earthquake quake tremor",
    "shooting killing gunfire death",
    "strike walkout stoppage",
    "protest march rally demonstration",
    "meeting talks summit",
    "vote election ballot poll referendum",
)
_MOVING = frozenset(
    ("killed", "injured", "missing", "arrested", "evacuated", "infected", "damaged", "recaptured", "released")
)
_MOVING_NOUNS = frozenset(
    (
        "case",
        "victim",
        "ship",
        "home",
        "household",
        "rescued",
        "survivor",
        "complaint",
        "claim",
        "customer",
        "affected",
        "treated",
    )
)
# Groups whose dead are not the dead in all.
_GROUPS = {
    "children": "child children boy boys girl girls infant infants baby babies minors pupils schoolchildren",
    "women": "woman women",
    "soldiers": "soldier soldiers troops servicemen serviceman marines",
    "civilians": "civilian civilians",
    "police": "policeman policemen policewoman officers officer",
    "fighters": "militant militants fighter fighters rebels rebel insurgents gunmen attackers",
    "crew": "crew sailor sailors crewman crewmen seafarers",
    "firefighters": "firefighter firefighters rescuers rescuer",
    "students": "student students",
    "foreigners": "foreigner foreigners tourist tourists",
}
_GROUP_OF = {word: group for group, words in _GROUPS.items() for word in words.split()}
_FAMILY_OF = {
    name: family
    for family, names in (*_FAMILIES.items(), *_SYNONYMS.items())
    for name in (names.split("|") if "|" in names else names.split())
}
_ACT_OF = {act: acts.split()[0] for acts in _ACTS for act in acts.split()}


def is_people(counted: str) -> bool:
    """Whether what is counted is people, or not told."""
    words = counted.casefold().split()
    return not words or not _PEOPLE.isdisjoint(words) or lemma(words[-1]) in PERSONS


def named_by_cue(attribute: str, kind: str, counted: str, before: str, after: str) -> str:
    """Name of what a figure measures by the words around it, in its sentence; as it was where it has a known name, or
    nothing tells. Of a count that is of people, or does not say of what (`counted`).
    """
    if not _THINGS.isdisjoint(counted.casefold().split()):
        return counted.split()[-1] if family_of(attribute) in _OF_PEOPLE else attribute
    if attribute == "aboard" and (_LICENSED.search(before[-_NEAR:]) or _LICENSED.search(after[:_NEAR])):
        return "capacity"
    if kind == "count" and family_of(attribute) == "price" and _LIVES.match(after):
        return "killed"
    if kind == "count" and not is_people(counted):
        return attribute
    if attribute == "time" and (_ENDED.search(before[-_NEAR:]) or _ENDED.search(after[:_NEAR])):
        return _END
    if is_settled(attribute) or kind not in _CUES_READ:
        return attribute
    before, after = before[-_NEAR:], after[:_NEAR]
    found = []
    for name, pattern in _CUES_READ[kind]:
        behind = [len(before) - cue.end() for cue in pattern.finditer(before)]
        ahead = [cue.start() for cue in pattern.finditer(after) if not _OF_ANOTHER.match(after, cue.end())]
        found += [(distance, name) for distance in (*behind, *ahead)]
    return min(found)[1] if found else attribute


_OF_ANOTHER = re.compile(r"\s(?:of|at|was|is)\s(?:\w+\s){0,2}\d")
"""What tells that a cue is of the figure after it: "25 miles, at a height of nearly 4,000 feet"."""
_LICENSED = re.compile(
    r"\b(?:licen[cs]e\w*|allow(?:s|ed)|permit(?:s|ted)|may carry|can carry|room for|certified|built for)\b"
)
_END = "time of end"
_ENDED = re.compile(r"\b(?:restored|reopened|put out|lifted(?! off)|called off|ended|was over|were back|was back)\b")
_LIVES = re.compile(r"\s+lives\b")
_SETTLED = frozenset(
    ["magnitude", "depth", "turnout", "speed", "temperature", "capacity", "aboard", "cause", "perpetrator", "wingspan"]
)


def family_of(attribute: str) -> str:
    """The family that an attribute belongs to; its own name where it is in none."""
    head, of, act = attribute.partition(" of ")
    if of and head in ("time", "place"):
        return f"{head} of {_ACT_OF.get(act, act)}"
    return _FAMILY_OF.get(attribute, attribute)


@lru_cache(maxsize=1 << 16)
def likeness(one: str, other: str) -> float:
    """How surely two attributes are one (0 to 1): by name, by family, by the words they share."""
    if one == other:
        return 1.0
    if _END in (one, other):
        return 0.0
    if "time" in (one, other) and one.startswith("time") and other.startswith("time"):
        return 0.6  # "it came at 4:52" says of what, by a verb that has no name here
    if family_of(one) == family_of(other):
        return 0.8
    ours, theirs = _words(one), _words(other)
    if not ours or not theirs or family_of(one).partition(" of ")[0] != family_of(other).partition(" of ")[0]:
        shared = ours & theirs
        return 0.6 if shared and len(shared) * 2 >= max(len(ours), len(theirs)) else 0.0
    return 0.0


def moves(attribute: str) -> bool:
    """Whether a quantity grows while an event goes on, so that a later figure need not contradict an earlier one."""
    return family_of(attribute) in _MOVING or not _MOVING_NOUNS.isdisjoint(stems(attribute))


def excludes(one: str, other: str) -> bool:
    """Whether two attributes are settled ones that differ: who is killed is not injured."""
    return family_of(one) != family_of(other) and is_settled(one) and is_settled(other)


def is_settled(attribute: str) -> bool:
    """Whether an attribute is a common one, of which an event has one unless its scope is told."""
    family = family_of(attribute)
    return family in _FAMILIES or family in _SETTLED


def group_of(attribute: str, words: str) -> str:
    """The group of people that a count is of ("three children"); empty for people in all, and for what has no toll."""
    if family_of(attribute) not in _TOLLS:
        return ""
    return next((_GROUP_OF[word] for word in words.casefold().split() if word in _GROUP_OF), "")


def _words(attribute: str) -> frozenset[str]:
    return frozenset(word for word in stems(attribute) if word not in COMMON)
