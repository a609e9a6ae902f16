"""Words about reporting words: what stands around cues, who speaks, and what only looks like speech."""

__all__ = [
    "BODIES",
    "CARRYING",
    "CITING",
    "COPULAS",
    "EMPTY",
    "GIVING",
    "GROUPS",
    "LIGHT_VERBS",
    "LINKS",
    "MANNERS",
    "MEDIA",
    "NO_CUES",
    "NO_SPEAKERS",
    "OCCASIONS",
    "OPINIONS",
    "PAPERS",
    "PERSONS",
    "POLLS",
    "SMALL_WORDS",
    "TALK",
    "VAGUE",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LIGHT_VERBS = _words("""
    go goes going went gone continue continues continued continuing begin begins began begun beginning start
    starts started starting proceed proceeds proceeded come came comes keep keeps kept use used has had have
    quick appear appears appeared seem seems seemed
    """)
"""Verbs that only lead up to a reporting verb: went on to say."""

MANNERS = _words("statement twitter facebook")
"""What words are given in that are told with the cue: said in a statement."""

OCCASIONS = _words("""
    time moment opportunity chance trouble effort efforts attempt way ways plan plans decision statement steps
    step days weeks months years hours minutes money millions lot speech ad ads interview page
    """)
"""Things that somebody has, takes or makes in order to say something: a moment to point out."""

NO_CUES = _words("""
    be is are was were been being 's 're am make makes made making ensure ensures let lets watch watches help
    helps helped helping happen keep kept keeps have has had get gets got do does did take takes took taken give
    gives gave given come comes came go goes went become see use used uses turn turned turns work works worked
    've depend depends cause causes caused causing leave leaves left leaving allow allowed allows allowing matter
    matters run ran runs win won wins
    dawn dawned follow follows followed ’s ’re ’ve 'm ’m mean means meant speak spoke out
    """)
"""Verbs with clauses that report nothing, though somebody is their subject."""

POLLS = _words("poll polls survey surveys study studies report reports")
"""Papers that find something out."""

GIVING = _words("""
    make makes made making issue issues issued issuing give gives gave given giving offer offers offered
    offering have has had having express expresses expressed expressing voice voices voiced voicing raise raised
    raises raising deliver delivers delivered delivering level leveled levelled repeat repeated repeats renew
    renewed renews reject post posted send sent launch launched pose posed posing put reiterate reiterated pay
    paid paying take took taken lodge lodged file filed harbor harboured draw draws drew drawn cast throw throws
    threw thrown lend lends lent poke pokes poked
    """)
"""Verbs that make a statement of a noun: made a claim, expressed doubts."""

OPINIONS = _words("view words opinion telling account estimation mind eyes judgment judgement reading")
"""Nouns for what somebody thinks: in his view."""

COPULAS = _words("""
    be is are was were been being 's ’s 're ’re am 'm ’m seem seems seemed become became remain remains remained
    feel feels felt
    """)
"""Verbs between somebody and what he is: is sure, remains confident."""

LINKS = _words("""
    of for in at from with on to by near under among across against about who which that whose speaking writing
    """)
"""Words that begin what is told about a noun, after it."""

PAPERS = _words("""
    report reports statement statements document documents letter letters survey surveys poll polls study
    studies article articles email emails e-mail memo memos book filing lawsuit complaint indictment affidavit
    release bulletin dispatch editorial column review paper papers transcript message tweet post resolution
    communique communiqué record records data figures website site story stories note cable cables video ad
    analysis research findings results census index
    """)
"""Head words of documents."""

VAGUE = _words("reports rumors rumours speculation some many others observers one people sources source")
"""Sources that nobody could ask."""

EMPTY = _words("""
    a an the that such all any some every each no not n't n’t nothing
    who whom whose which what how why when where whether if there here then i you he she it we they me him her us
    them my your his its our their mine yours hers ours theirs myself yourself himself herself itself ourselves
    themselves one ones others other another be is are was were been being am 's ’s 're ’re 'm ’m have has had having
    've ’ve do does did doing done will would can could may might shall should must to of for in on at by with from
    about as into over against after before and or but nor so too also just even still only very much more most
    than seem seems seemed appear appears appeared thing things otherwise case matter same way reportedly allegedly
    """)
"""Words that say nothing by themselves."""

TALK = _words("""
    reports rumors rumours speculation concerns concern fears fear worries suspicions suspicion allegations
    accusations claims hopes expectations doubts theories predictions assumptions indications suggestions
    warnings criticism calls assertions
    """)
"""Head words of what goes round, of which nobody is named: lingering concerns, unconfirmed reports."""

GROUPS = _words("""
    officials witnesses residents experts analysts critics scientists researchers doctors lawyers prosecutors
    investigators authorities rescuers activists protesters demonstrators voters supporters opponents aides
    advisers advisors allies lawmakers senators republicans democrats diplomats soldiers troops rebels militants
    families relatives survivors workers employees economists historians neighbours neighbors leaders ministers
    members spokesmen commanders police sources men women students parents fans locals insiders strategists
    reporters journalists
    """)
"""Head words of several people who are not named."""

PERSONS = _words("""
    spokesman spokeswoman spokesperson minister president official leader secretary chief director ambassador
    governor mayor senator general colonel analyst expert lawyer doctor officer chairman chairwoman chair
    professor witness man woman candidate nominee adviser advisor aide prosecutor judge king queen pope envoy
    commander executive author resident premier chancellor congressman congresswoman lawmaker representative
    deputy scientist researcher reporter journalist editor founder manager member mother father wife husband son
    daughter brother sister friend diplomat economist student owner coach captain bishop priest activist source
    developer billionaire businessman
    """)
"""Head words of one person who is not named."""

BODIES = _words("""
    ministry department government agency police army military navy force forces council committee parliament
    senate congress court office company firm group party campaign administration union organisation
    organization association commission bank bureau service network channel newspaper station university
    institute institution foundation charity team club league board authority authorities white house palace
    kremlin pentagon opposition regime state crown church
    """)
"""Head words of organisations."""

MEDIA = _words("""
    news times post tribune herald daily gazette journal guardian telegraph tv television radio newspaper
    magazine agency broadcaster channel network press media reporters journalists website show bbc cnn nbc abc
    cbs afp reuters
    """)
"""Last words of names of publishers, and words for them."""

CARRYING = _words("carried published broadcast aired quoted cited reported released distributed issued run")
"""What media do with others' words: a statement carried by."""

CITING = _words("citing cited cites cite quoting quoted quotes quote")
"""Cues that name whom the speaker has it from."""

NO_SPEAKERS = _words("""
    related photo photos watch read update updated note correction source sources image video listen more
    breaking opinion exclusive analysis review abstract text full credit caption editor here facts example
    fictional stories story headlines topics topic tags tag advertisement sponsored contact published posted
    """)
"""Words before a colon that no speaker is named by."""

SMALL_WORDS = _words("of the and for in at on to 's ’s a & . - , ( )")
"""Words of a speaker's name that have no capital."""
