"""Words that say what a figure measures: the maintained list of attributes with good names, and a small lemmatiser.

What is not on these lists is named by the text itself: by the noun that is measured, else by the verb.
"""

from functools import lru_cache

__all__ = [
    "CAPACITY",
    "CUES",
    "DIMENSIONS",
    "FLYING",
    "HAPPENINGS",
    "INTRANSITIVE",
    "IRREGULAR",
    "NAMELESS",
    "PAST_HEDGES",
    "PERSONS",
    "STATES",
    "TOLLS",
    "TRANSITIVE",
    "lemma",
    "word_set",
]


def word_set(text: str) -> frozenset[str]:
    """The words of a text, parted by white space."""
    return frozenset(text.split())


def _spread(table: dict[str, str]) -> dict[str, str]:
    """The table turned round: each word of a row to the row's name."""
    return {word: name for name, words in table.items() for word in words.split()}


# What is done to the counted: "killed 22 people", "22 people were killed".
TRANSITIVE = _spread(
    {
        "killed": "kill massacre murder slay execute behead slaughter assassinate martyr kills_off shoot_dead",
        "injured": "injure wound hurt maim",
        "arrested": "arrest detain imprison jail round_up",
        "charged": "charge indict",
        "convicted": "convict",
        "sentenced": "sentence",
        "freed": "free release liberate",
        "abducted": "abduct kidnap",
        "captured": "capture",
        "rescued": "rescue save",
        "evacuated": "evacuate",
        "displaced": "displace uproot",
        "hospitalised": "hospitalise hospitalize",
        "infected": "infect",
        "vaccinated": "vaccinate immunise immunize",
        "destroyed": "destroy demolish level flatten raze obliterate",
        "damaged": "damage",
        "affected": "affect hit disrupt cripple",
        "trapped": "trap bury strand",
        "treated": "treat",
        "launched": "launch fire test-fire",
        "shot down": "down intercept",
        "deployed": "deploy",
        "recovered": "recover",
        "laid off": "sack dismiss",
        "sold": "sell",
        "built": "build construct",
        "seized": "seize confiscate",
    }
)
# What the counted does or suffers by itself: "22 people died".
INTRANSITIVE = _spread(
    {
        "killed": "die perish drown succumb",
        "displaced": "flee",
        "missing": "disappear vanish",
        "survived": "survive",
        "took part": "march rally protest demonstrate gather attend participate",
        "voted": "vote",
        "collapsed": "collapse",
    }
)
# State of the counted, after it or in its place: "22 dead", "left 40 injured", "12 deaths".
STATES = _spread(
    {
        "killed": "dead death deaths fatalities fatality lives bodies corpses killings martyrs martyr",
        "injured": "injuries injury wounded injured casualty_injured",
        "casualties": "casualties casualty victims victim",
        "missing": "missing unaccounted disappeared",
        "homeless": "homeless",
        "displaced": "displaced refugees",
        "arrested": "arrests arrest detainees",
        "infected": "infections infected ill sick",
        "unemployed": "unemployed jobless",
        "survived": "survivors survivor",
        "hostages": "hostages hostage",
        "votes": "votes ballots",
        "seats": "seats",
        "aboard": "aboard passengers",
    }
)
# Nouns whose number is said with "of", "to", "at": "a death toll of 22", "the toll rose to 22".
TOLLS = _spread(
    {
        "killed": "toll death deaths killing killings murder murders massacre execution executions dead lives",
        "injured": "injury injuries wounding injured wounded",
        "arrested": "arrest arrests detention",
        "displaced": "displacement",
        "evacuated": "evacuation",
        "captured": "capture",
        "abducted": "abduction kidnapping",
        "freed": "release",
        "missing": "missing",
    }
)

DIMENSIONS = _spread(
    {
        "length": "kilometre kilometer km mile metre meter m foot inch centimetre centimeter cm millimetre millimeter"
        " mm yard mi ft nautical_mile block light-year",
        "area": "acre hectare",
        "mass": "kilogram kilogramme kg gram gramme tonne ton pound_mass ounce lb stone kiloton megaton barrel",
        "duration": "second minute hour day week month year decade century s min h fortnight quarter",
        "share": "percent per_cent % percentage_point basis_point",
        "temperature": "degree celsius fahrenheit kelvin",
        "money": "dollar euro pound yen won yuan renminbi rouble ruble rupee franc peso real rand lira krona"
        " krone crown dinar riyal shekel dirham bitcoin cent pence penny zloty naira shilling rial hryvnia baht ringgit"
        " rupiah",
    }
)

# Words near a measure that name what it measures, by dimension; the nearest counts.
CUES: dict[str, dict[str, str]] = {
    "length": _spread(
        {
            "distance flown": "fly flight travel",
            "altitude": "altitude height apogee high higher climb soar ascend peak",
            "range": "range",
            "depth": "depth deep deeper underground",
            "length": "long length longer stretch",
            "width": "wide width wider",
            "height": "tall taller elevation",
            "capacity": "capacity",
            "distance": "from off away below beneath distance northeast northwest southeast southwest north south east"
            " west north-east north-west south-east south-west outside near inland offshore apart short",
            "radius": "radius within",
            "rise": "rise",
            "fall": "fall drop",
            "thickness": "thick thickness",
        }
    ),
    "mass": _spread({"weight": "weigh weight heavy", "yield": "yield", "output": "produce production output"}),
    "duration": _spread(
        {
            "sentence": "jail prison sentence sentenced jailed imprisonment imprison term",
            "age": "old aged age",
            "duration": "last duration spend spent for long",
        }
    ),
    "share": _spread(
        {
            "vote share": "vote votes ballot ballots",
            "turnout": "turnout",
            "rise": "rise increase grow gain climb jump surge soar up higher growth rising expand add",
            "fall": "fall drop decline decrease shrink lose plunge slump tumble down lower cut sink contract slip",
            "interest rate": "interest",
            "inflation": "inflation",
            "unemployment": "unemployment unemployed jobless",
            "approval": "approval approve",
            "stake": "stake own hold acquire buy",
            "tariff": "tariff tariffs duty",
        }
    ),
    "money": _spread(
        {
            "paid": "pay paid payment",
            "cost": "cost bill costing",
            "price": "price priced sell bid",
            "value": "worth value valued",
            "ransom": "ransom",
            "fine": "fine fined penalty",
            "profit": "profit earnings",
            "loss": "loss losses",
            "revenue": "revenue sales turnover",
            "debt": "debt owe owed",
            "budget": "budget",
            "stolen": "steal theft stolen heist",
            "raised": "raise",
            "aid": "aid donate pledge grant",
            "demanded": "demand ask seek",
            "damage": "damage damages",
            "salary": "salary wage wages",
            "reward": "reward bounty",
            "invested": "invest investment",
        }
    ),
    "temperature": {},
    "area": _spread({"area burned": "burn", "area": "area cover"}),
    "speed": {},
}

# What happens, by its noun: whose time and place a report tells.
HAPPENINGS = _spread(
    {
        "launch": "launch lift-off liftoff blast-off",
        "test": "test test-fire",
        "firing": "fire",
        "flight": "flight",
        "landing": "land splash_down touchdown",
        "fall": "fall",
        "attack": "attack assault ambush raid storm attacker",
        "strike": "strike airstrike air-strike",
        "shelling": "shell bombard shelling bombardment",
        "bombing": "bomb bombing",
        "explosion": "explosion explode blast detonate detonation blow_up",
        "shooting": "shoot shooting gunfire",
        "killing": "kill killing murder execute execution massacre behead",
        "death": "die death perish",
        "injury": "injure wound",
        "arrest": "arrest detain",
        "abduction": "abduct kidnap abduction kidnapping",
        "crash": "crash",
        "collision": "collide collision",
        "sinking": "sink capsize sinking",
        "derailment": "derail derailment",
        "fire": "blaze wildfire",
        "earthquake": "earthquake quake tremor",
        "eruption": "erupt eruption",
        "collapse": "collapse",
        "flood": "flood flooding",
        "landslide": "landslide mudslide",
        "storm": "hurricane typhoon cyclone tornado",
        "clash": "clash fighting battle",
        "capture": "capture seize",
        "protest": "protest demonstrate demonstration rally march",
        "election": "election vote poll referendum",
        "meeting": "meet meeting summit talks",
        "arrival": "arrive arrival",
        "departure": "depart departure",
        "birth": "born birth",
        "start": "begin start",
        "end": "end",
        "outbreak": "outbreak",
        "trial": "trial",
        "signing": "sign signing",
        "resignation": "resign resignation",
        "visit": "visit",
        "founding": "found establish",
        "appointment": "appoint",
        "marriage": "marry wed",
        "invasion": "invade invasion",
        "publication": "publish release",
        "sale": "sell",
        "happening": "incident accident",
    }
)

PERSONS = word_set(
    """
    person people man woman child boy girl baby infant civilian soldier officer policeman policewoman police
    fighter militant rebel gunman attacker bomber worker student teacher doctor nurse journalist reporter
    resident villager passenger driver pilot protester demonstrator victim leader commander guard employee
    official bystander pedestrian teenager toddler mother father son daughter brother sister wife husband couple
    family prisoner hostage migrant refugee tourist aid firefighter sailor troop combatant jihadist insurgent
    terrorist cameraman priest engineer citizen member activist medic conscript general colonel volunteer other
    inmate suspect individual patient
    """
)
"""Words for people, singular: what a count of dead or hurt can be of without more being said."""

FLYING = word_set(
    """
    missile missiles rocket rockets flew fly flying flight flown aircraft plane planes jet jets satellite
    satellites spacecraft helicopter drone drones balloon warhead projectile projectiles ash plume altitude
    orbit airliner
    """
)
"""Words by which a height is that of something in the air."""

CAPACITY = word_set("hold carry seat accommodate fit take")
"""Verbs that tell, after "can" or "may", how many there is room for."""

NAMELESS = word_set(
    """
    it they he she we i you this that these those there them who which what one others some all both it's and
    total figure figures number count amount
    """
)
"""Words that name nothing by themselves."""

PAST_HEDGES = word_set(
    """
    could may might would will shall should if unless can cannot able capable likely possibly perhaps probably
    maybe allegedly reportedly apparently supposedly purportedly expected planned plan plans planning intends
    intend aims aim hopes hope threatened threatens feared fears believed thought suspected estimated scheduled
    wants want whether potentially unless must ought projected forecast alleged unconfirmed wanted plotting
    plotted prepared ready possible probable presumed
    """
)
"""Words before a verb by which what it says is planned, possible or not vouched for."""

IRREGULAR = _spread(
    {
        "be": "is are was were been being am be",
        "have": "has had having have",
        "die": "died dies dying",
        "fly": "flew flown flies",
        "fall": "fell fallen",
        "rise": "rose risen",
        "shoot": "shot",
        "slay": "slew slain",
        "hurt": "hurt",
        "flee": "fled",
        "sink": "sank sunk",
        "drown": "drowned",
        "lose": "lost",
        "leave": "left",
        "pay": "paid",
        "cost": "cost",
        "win": "won",
        "take": "took taken",
        "strike": "struck stricken",
        "hit": "hit hits hitting",
        "blow": "blew blown",
        "burn": "burnt",
        "break": "broke broken",
        "begin": "began begun beginning",
        "meet": "met",
        "steal": "stole stolen",
        "sell": "sold",
        "buy": "bought",
        "build": "built",
        "send": "sent",
        "spend": "spent",
        "lend": "lent",
        "say": "said",
        "tell": "told",
        "give": "gave given",
        "get": "got gotten",
        "go": "went gone goes",
        "come": "came",
        "see": "saw seen",
        "make": "made",
        "find": "found",
        "hold": "held",
        "keep": "kept",
        "stand": "stood",
        "grow": "grew grown",
        "shrink": "shrank shrunk",
        "drive": "drove driven",
        "run": "ran",
        "swim": "swam swum",
        "throw": "threw thrown",
        "bring": "brought",
        "put": "put",
        "cut": "cut",
        "set": "set",
        "bear": "born bore",
        "beat": "beaten",
        "speak": "spoke spoken",
        "draw": "drew drawn",
        "weigh": "weighed",
        "do": "did done does",
        "owe": "owed",
        "carry": "carried carries",
        "reach": "reached reaches",
        "receive": "received",
        "test-fire": "test-fired test-fires test-firing",
        "behead": "beheaded",
        "fire": "fired fires firing",
        "free": "freed frees freeing",
        "injure": "injured injures injuring",
        "measure": "measured",
        "shell": "shelled shells shelling",
        "kill": "killed kills killing",
        "kidnap": "kidnapped kidnaps kidnapping kidnaped",
        "wound": "wounded wounding wounds",
        "level": "levelled leveled",
        "travel": "travelled traveled travelling traveling",
        "massacre": "massacred massacring",
        "bomb": "bombed bombing",
        "cover": "covered",
        "target": "targeted",
        "visit": "visited",
        "open": "opened",
        "enter": "entered",
        "offer": "offered",
        "murder": "murdered",
        "martyr": "martyred",
        "slaughter": "slaughtered",
        "happen": "happened",
        "recover": "recovered",
        "deliver": "delivered",
        "occur": "occurred occurring",
        "erupt": "erupted",
        "collapse": "collapsed",
        "derail": "derailed",
        "perish": "perished",
        "capsize": "capsized",
        "woman": "women",
        "man": "men",
        "child": "children kids kid",
        "policeman": "policemen",
        "policewoman": "policewomen",
        "gunman": "gunmen",
        "cameraman": "cameramen",
        "wife": "wives",
        "foot": "feet",
        "person": "persons",
        "baby": "babies",
        "family": "families",
    }
)
_KEPT = word_set(
    """
    people police news series species less missing during morning evening building this his its
    """
)
_MUTE = (
    "c",
    "v",
    "s",
    "z",
    "u",
    "dg",
    "at",
    "ir",
    "ur",
    "ut",
    "bl",
    "tl",
    "pl",
    "iz",
    "ak",
    "or",
    "ok",
    "op",
    "od",
    "id",
)


@lru_cache(maxsize=8192)
def lemma(lower: str) -> str:
    """The dictionary form of an English word in lower case, by table and rule: `flew` is `fly`, `injuring` `injure`.

    Verbs and plural nouns only; what a rule cannot tell stays as it is, or loses its ending.
    """
    found = IRREGULAR.get(lower)
    if found is not None:
        return found
    if len(lower) < 4 or len(lower) > 24 or lower in _KEPT or not lower.isascii():
        return lower
    if lower.endswith(("ied", "ies")) and len(lower) > 4:
        return lower[:-3] + "y"
    if lower.endswith("ed"):
        return _stem(lower[:-2])
    if lower.endswith("ing") and len(lower) > 5:
        return _stem(lower[:-3])
    if lower.endswith(("sses", "shes", "ches", "xes", "zes")):
        return lower[:-2]
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return lower[:-1]
    return lower


def _stem(stem: str) -> str:
    if len(stem) < 3:
        return stem + "e"
    if stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    if stem.endswith("ss"):
        return stem
    if len(stem) > 3 and stem.endswith(("or", "id", "od", "op", "ut")) and stem not in _WITH_E:
        return stem
    return stem + "e" if stem.endswith(_MUTE) or stem in _WITH_E else stem


_WITH_E = word_set(
    """
    explor restor ignor stor provid decid divid coll invad explod erod hop cop promot complet delet creat execut
    contribut pollut prosecut distribut comput disput salut smok invok provok prepar shar declar compar scor
    rescu determin examin imagin outlin min combin declin defin resign_ hous hir fir captur injur measur assum
    consum presum resum tim nam blam becam chang arrang challeng rang charg damag manag engag emerg urg surg
    plung pledg judg displac replac forc fac plac convinc notic announc financ enforc reduc produc introduc
    believ receiv leav sav giv liv mov prov approv remov improv serv observ reserv solv involv resolv driv arriv
    surviv clos los us caus rais accus refus releas increas decreas purchas expos propos suppos clash_ promis
    advis estimat evacuat detonat assassinat liberat vaccinat operat investigat negotiat donat stat hat dat
    immunis hospitalis hospitaliz collid conced ced fad trad rid guid abid sid
    """
)
