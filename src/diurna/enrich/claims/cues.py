"""Words that attribute: verbs, nouns, adjectives and adverbs by which news says that somebody says, thinks or wants.

The lists are our own knowledge of English. Each line names a force; each word says what may stand beside it as what
is said: `c` a clause, `q` quoted words, `o` a noun phrase, `i` an infinitive, `g` a gerund, `a` an object that is
addressed ("told Reuters"), `s` a description of its object ("calls it a farce"), `w` that it is a weak cue, which by
itself says so less often than not; words after a comma are prepositions or particles that lead to what is said
("called for").
"""

from collections.abc import Iterator

from msgspec import Struct

from diurna.enrich.claims.forms import plural, verb_forms
from diurna.enrich.found import Words

__all__ = [
    "ADJECTIVES",
    "ADVERBS",
    "FORCES",
    "HEDGES",
    "NOUNS",
    "NOUN_OF",
    "VERBS",
    "VERB_OF",
    "Cue",
    "may_hold_statement",
]


class Cue(Struct, frozen=True):
    """Reading of a cue word: its force, the frames it may stand in, and the words that lead to what is said."""

    force: str
    frames: str
    leads: tuple[str, ...] = ()


_VERBS = """
states: say/cqa state/cqo declare/cqos announce/cqoi add/cqw note/cqow observe/cqw remark/cq,on comment/cq,on
    explain/cqo tell/cqa write/cq,of,about tweet/cqo retweet/o post/qow email/qw report/cqog mention/cog recount/cqo
    relate/cw reiterate/cqo repeat/cqow continue/qw conclude/cqow reveal/cqo disclose/co proclaim/cqos pronounce/qs
    stress/cqo emphasise/cqo emphasize/cqo underline/cqo underscore/cqo highlight/co recall/cqog remember/cqog
    joke/cq,about quip/cq reply/cqw respond/cqw answer/cqw retort/cqw counter/cqw interject/q exclaim/cq shout/cqo
    yell/cqo scream/cq cry/q chant/qo boom/q beam/q whisper/cq mutter/cq murmur/q mumble/q blurt/q utter/o
    speak/qw,of,about,out talk/w,about,of read/qw recite/qo testify/cq,about tout/o describe/os portray/os depict/os
    characterise/os characterize/os call/qs label/s dub/s term/s brand/s style/s name/s define/sw identify/sw
    discuss/o debate/ow dwell/,on focus/w,on address/ow detail/o outline/o articulate/o express/o voice/o convey/cow
    persuade/caw convince/caw overhear/ow communicate/cow echo/qo elaborate/q,on opine/cq muse/cq ruminate/qw
    reflect/qw quote/o cite/o reference/o invoke/ow refer/,to allude/,to point/,to,out,toward,towards spell/,out
    lay/w,out set/w,out,forth recap/o summarise/qo summarize/qo inform/cqao notify/ca brief/ac advise/cai
    telegraph/cw signal/co indicate/cqo specify/co clarify/cqo volunteer/cqw venture/qw riff/q rant/q,about
    deadpan/q crow/cq gush/q,about sigh/q laugh/qw chuckle/qw smile/qw nod/qw sing/qw ramble/,about vent/qw bark/q
    growl/q snap/qw fume/q thunder/q roar/qo intone/q recommend/cogi counsel/cqa caption/q narrate/q chime/,in
    sum/,up wrap/w,up teach/cw attest/c,to vouch/,for certify/cos profess/ciow plead/qsw divulge/co relay/co blog/cq
    text/qw sound/w,off claims: claim/cqoig assert/cqo allege/cqo contend/cq maintain/cq argue/cq,for,against,over
    insist/cq,on purport/iw boast/cq,of,about brag/cq,about charge/cqw theorise/cq theorize/cq posit/cq imply/co
    insinuate/c hint/cq,at speculate/cq,about,on postulate/c swear/cqi feign/ow pretend/ciw cast/s paint/s spin/sw
    frame/sw bill/sw
denies: deny/cqog dispute/cqo refute/co rebut/qo disavow/o disclaim/o contradict/o reject/qogs dismiss/qogs
    rubbish/o debunk/o downplay/o balk/w,at shrug/w,off brush/w,aside,off sidestep/ow duck/ow evade/ow ignore/ow
    discount/ow repudiate/o disown/o rebuff/o renounce/o retract/o recant/o decline/iow refuse/i
confirms: confirm/cqog acknowledge/cqog admit/cqog,to concede/cqo confess/cqi,to affirm/cqo reaffirm/cqo verify/co
    corroborate/o grant/cw recognise/cosw recognize/cosw accept/cow agree/cqi,with,on,to concur/cq,with
    authenticate/o validate/ow own/w,up
warns: warn/cqao,of,about,against caution/cqa,against threaten/cqi forewarn/c alert/ca remind/ca,of,about
reports: show/cow find/csw estimate/cqo calculate/co determine/cow document/ow discover/cw project/cqow forecast/co
    predict/cqo foresee/co anticipate/cog prophesy/cq demonstrate/cow establish/cw detect/ow rate/sw rank/sw
    prove/cw illustrate/cow chronicle/ow believes: believe/cosi,in think/cqw,of,about know/cw,about feel/cqw
    suspect/coi suppose/cw presume/cs assume/cw imagine/cw reckon/cq figure/cqw guess/cq doubt/co,about fear/cogi
    worry/cq,about hope/cqi,for expect/coi,of wonder/cq,about,if consider/cosg deem/os judge/csw view/s see/s
    regard/s perceive/osc sense/cw understand/cw realise/cw realize/cw trust/cw dream/cw,of envision/co envisage/co
    contemplate/og ponder/co infer/c surmise/cq deduce/cq gather/cw interpret/osw learn/cw hear/cw forget/cw
    notice/cw bet/cw care/w,about weigh/ow mull/og credit/osw attribute/ow ascribe/o liken/o compare/osw equate/o
    rethink/o
asks: ask/cqaoi,about,for,whether,if inquire/cq,about enquire/cq,about question/cqo query/qo request/coi beg/qi,for
    implore/qai beseech/qai plead/qi,with,for petition/ai,for orders: order/caoi command/caoi demand/cqoi
    instruct/cai direct/iaw urge/cqaoig exhort/qai dictate/cow rule/cow,out decree/cqo mandate/cow
    call/w,for,on,upon insist/,on forbid/iow prohibit/ow invite/aiw encourage/aioqw compel/iw tell/ai summon/ow
    prescribe/ow subpoena/ow promises: promise/cqaoi pledge/cqoi vow/cqoi swear/ci assure/cqao guarantee/co
    commit/iw,to offer/oiqw reassure/cqa undertake/iw volunteer/iw
wants: want/ioq wish/ci,for seek/io plan/io,on,for,to intend/iog aim/i,for,to desire/io prefer/iog hope/i
    aspire/i,to push/iw,for lobby/i,for strive/i,for long/i,for yearn/i,for crave/o like/iw decide/cio,on,against
    opt/i,for resolve/ciw prepare/iw vie/i,for fight/iw,for,against campaign/i,for,against elect/iw
suggests: suggest/cqog propose/cqoigs float/ow recommend/cqogi advocate/cog,for moot/o pitch/ow submit/cqw advise/ca
    put/w,forward,forth appears: seem/ciw appear/ciw sound/sw
praises: praise/oq laud/oq applaud/oq hail/osq commend/oq congratulate/oq thank/oq compliment/o extol/o welcome/oq
    salute/o honor/ow honour/ow admire/o appreciate/o cheer/qow credit/ow sympathise/q,with sympathize/q,with
    respect/ow adore/o tout/os bless/ow revere/o trumpet/o warm/w,to
endorses: endorse/os vote/,for,against,with back/ow support/og favor/og favour/og defend/oq champion/o promote/ow
    embrace/ow approve/ow,of espouse/o side/w,with stand/w,by,behind,with second/ow
criticises: criticise/oq criticize/oq slam/osq blast/osq condemn/oqsg denounce/osqg attack/oqsw assail/osq decry/oqs
    deride/osq lambast/oqs lambaste/oqs lash/,out knock/ow rip/osw mock/osq ridicule/osq scold/oq chide/oq rebuke/oq
    reprimand/o admonish/oqa berate/oq castigate/oq chastise/oq censure/o bash/oq skewer/oq pan/ow disparage/o
    belittle/o insult/oq taunt/oq ridicule/o scoff/q,at sneer/q,at jeer/oq heckle/oq boo/ow hammer/osw pummel/ow
    excoriate/oq pillory/os vilify/os smear/ow demonise/os demonize/os accuse/os blame/oq,on fault/oq impugn/o
    challenge/qcw oppose/og protest/cqo,against,at,over object/cq,to complain/cq,about,of lament/cqog bemoan/cqo
    regret/cog deplore/oqg rail/,against,at,about inveigh/,against gripe/cq,about grumble/cq,about whine/cq,about
    disagree/cq,with dislike/og hate/cogw detest/og loathe/og despise/o resent/og rage/q,against,at,about reproach/o
    upbraid/oq savage/ow trash/ow tear/w,into swipe/w,at charge/ow resist/ow boycott/ow snub/ow protest/o
    disapprove/,of apologise/cq,for,to apologize/cq,for,to mourn/ow grieve/w,over
"""

_NOUNS = """
states: statement/c,of,about,on,by remark/c,about,on comment/c,about,on announcement/c,of,about,on declaration/c,of
    report/cw,of,about message/ciw,of revelation/c,of,about testimony/c,about,on tweet/cw,about
    explanation/c,of,for,about description/,of mention/,of reference/,to,of characterisation/,of
    characterization/,of depiction/,of portrayal/,of account/w,of word/cw admission/c,of,about disclosure/c,of
    speech/w,about,on address/w,about,on news/cw,of case/c,for,against attention/,to note/cw hint/c,of,about
    rumor/c,of,about rumour/c,of,about talk/w,of,about discussion/w,of,about notification/c,of claims:
    claim/ci,of,about assertion/c,of,about allegation/c,of,about,against argument/c,for,against,about contention/c
    insistence/c,on boast/c,of,about accusation/c,of,against,about insinuation/c,about speculation/c,about,over,of
    charge/cw,of implication/c,of theory/c,about,of complaint/c,about,of,against narrative/cw,of notion/cw,of
    suspicion/c,of,about
denies: denial/c,of rejection/,of dismissal/w,of,from refusal/i repudiation/,of rebuttal/,of,to
confirms: confirmation/c,of acknowledgement/c,of acknowledgment/c,of affirmation/c,of agreement/ciw
warns: warning/c,of,about,against,to threat/ciw,of caution/cw,about,against alert/cw
reports: finding/c,of estimate/c,of prediction/c,of,about forecast/c,of,for projection/c,of,for
    conclusion/c,of,about assessment/c,of diagnosis/w,of poll/cw survey/cw
believes: belief/c,in,of view/c,of,on,about opinion/c,of,on,about fear/c,about,over concern/c,about,over,of,with
    worry/c,about,over hope/ci,of,for,to expectation/c,of,for,about doubt/c,about,over,on impression/c,of
    conviction/cw sense/cw feeling/cw,about thought/c,about,on,of idea/cw perception/c,of,about,as
    assumption/c,about understanding/cw,of interpretation/w,of skepticism/c,about,of,toward
    scepticism/c,about,of,towards confidence/cw,in outlook/w,on,for,of consensus/cw faith/w,in stance/w,on,of
    position/cw,on,of anxiety/c,about,over perspective/cw,on uncertainty/c,about,over
asks: question/cw,about,on,of,over,whether request/ci,for,to inquiry/w,about,into query/c,about plea/ci,for,to
    call/iw,for,to appeal/iw,for,to petition/iw,for,to
orders: order/ciw demand/ci,for,of,to instruction/ci directive/ci command/iw ruling/c,on,against requirement/c
    decree/c
promises: promise/ci,of,to pledge/ci,of,to vow/ci,of,to assurance/c,of,about commitment/ci,to guarantee/cw,of
    offer/iw,of
wants: plan/ciw,for,to,of intention/ci,of,to intent/iw,to desire/ci,for,to,of wish/ci,for,to bid/i,for,to
    decision/ci,on,to,not proposal/ci,for,to,on push/iw,for,to willingness/i,to eagerness/i,to ambition/i,of,for,to
    goal/iw,of preference/w,for determination/i,to reluctance/i,to aim/iw,of aspiration/i,to,for
suggests: suggestion/c,of,about recommendation/c,of,on,about advice/cw,on,about,to indication/c,of
praises: praise/,of,for,from admiration/,for,of affinity/w,for enthusiasm/w,for,about tribute/,to credit/,for fan/,of
endorses: endorsement/,of,by,from support/w,for,of,from approval/w,of backing/w,for,of defense/w,of defence/w,of
    supporter/,of backer/,of advocate/w,of,for defender/,of proponent/,of champion/,of believer/,in
criticises: criticism/c,of,about,from,over condemnation/,of denunciation/,of attack/w,on,against opposition/w,to
    critic/,of opponent/w,of objection/c,to,about,over regret/c,about,over,for disapproval/,of
    outrage/cw,over,about,at anger/cw,over,about,at,with frustration/cw,with,over,about,at protest/cw,against,over
    dissatisfaction/,with jab/w,at swipe/w,at disdain/w,for aim/,at fun/,of,at issue/,with shot/,at contempt/w,for
    insult/w,to,of dissent/,from apology/c,for,to
"""

_ADJECTIVES = """
believes: sure/c,about,of certain/cw,of,about confident/c,about,of,in convinced/c,of aware/c,of
    concerned/c,about,with,by,over worried/c,about,over afraid/ci,of fearful/c,of hopeful/c,of,about
    optimistic/c,about pessimistic/c,about skeptical/c,of,about sceptical/c,of,about doubtful/c,of,about
    unsure/c,of,about uncertain/c,of,about mindful/cw,of wary/c,of suspicious/c,of,about nervous/c,about
    anxious/ci,about positive/cw,about unaware/c,of adamant/c,about,on,in clear/cw,about,on certain/c sure/c
    open/w,to puzzled/c,by curious/c,about comfortable/w,with uncomfortable/w,with
wants: willing/i eager/i,for keen/i,on determined/ci reluctant/i unwilling/i inclined/i intent/,on hesitant/i
    bent/,on loath/i interested/iw,in tempted/i
praises: proud/ci,of glad/ci,about happy/ci,about,with,to pleased/ci,about,with,by grateful/ci,for,to
    thankful/ci,for delighted/ci,with,by thrilled/ci,about,by,with impressed/c,by,with
    enthusiastic/,about excited/ci,about,by,for satisfied/c,with fond/,of honored/i,by honoured/i,by
    complimentary/,of,about
endorses: supportive/,of
criticises: critical/,of angry/ci,at,with,about,over upset/c,at,with,about,over,by furious/c,at,with,about,over
    sorry/ci,for,about disappointed/ci,in,with,by,at unhappy/c,about,with,over outraged/c,by,at,over
    frustrated/c,with,by,at,over dismissive/,of opposed/,to ashamed/ci,of shocked/ci,by,at surprised/ci,by,at
    appalled/c,by,at disgusted/c,by,with,at saddened/ci,by dismayed/c,by,at alarmed/c,by,at,about tired/w,of
    troubled/cw,by,about bothered/cw,by
"""

ADVERBS = {
    "reportedly": "reports",
    "allegedly": "claims",
    "supposedly": "claims",
    "purportedly": "claims",
    "reputedly": "believes",
    "apparently": "appears",
    "seemingly": "appears",
}
"""Adverbs that say by themselves that somebody says so, though not who."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEDGES = _words("""
    may might could perhaps possibly probably likely maybe seemingly apparently appears seems reportedly allegedly
    supposedly purportedly potentially presumably appear seem unlikely
    """)
"""Words that weaken what is said, or that it was said."""


def _lexicon(lines: str) -> dict[str, tuple[Cue, ...]]:
    found: dict[str, tuple[Cue, ...]] = {}
    for word, cue in _entries(lines):
        found[word] = (*found.get(word, ()), cue)
    return found


def _entries(lines: str) -> Iterator[tuple[str, Cue]]:
    force = ""
    for entry in lines.split():
        if entry.endswith(":"):
            force = entry[:-1]
            continue
        word, _, rest = entry.partition("/")
        frames, *leads = rest.split(",")
        yield word, Cue(force, frames, tuple(leads))


VERBS = _lexicon(_VERBS)
"""Readings of reporting verbs, by lemma."""
NOUNS = _lexicon(_NOUNS)
"""Readings of reporting nouns, by singular."""
ADJECTIVES = _lexicon(_ADJECTIVES)
"""Readings of adjectives that say what somebody thinks, by their one form."""
FORCES = tuple(
    dict.fromkeys(cue.force for cues in (*VERBS.values(), *NOUNS.values(), *ADJECTIVES.values()) for cue in cues)
)
"""Forces that a statement may have."""

VERB_OF: dict[str, str] = {form: verb for verb in VERBS for form in verb_forms(verb)}
"""Lemma of each form of a reporting verb."""
NOUN_OF: dict[str, str] = {form: noun for noun in NOUNS for form in (noun, plural(noun))}
"""Singular of each form of a reporting noun."""

_UNSURE_VERBS = _words("""
    see sees seen saw long longs state states support supports report reports point points plan plans order
    orders voice demand demands protest protests champion champions echo wish spell spells term campaign
    campaigns doubt doubts fear fears claim claims request requests offer offers question questions charge
    charges promise promises pledge pledges joke jokes estimate estimates forecast forecasts challenge attack
    attacks blast blasts blame praise hope hopes comment comments remark remarks stress call calls desire regret
    favor favour respect project figure command judge judges brief appeal float aim back bill bid vow vows aims
    address advocate advocates credit thank cheer cheers telling reported planned highlight rant slam slams
    press sense trust read hear heard known show shows found expected planning supporting opposing thanks alert
    caution signal signals dream chant chants resolve volunteer guess fault mock ridicule honor honour pan bash
    post posts text label brand
    """)
_THOUGHT = _words("think thinks feel feels felt knew knows understood wrote continued")
_WEAK_VERBS = frozenset(form for form, verb in VERB_OF.items() if all("w" in cue.frames for cue in VERBS[verb]))
_UNSURE_FORMS = (_UNSURE_VERBS | (_WEAK_VERBS - _THOUGHT) | frozenset(NOUN_OF) | frozenset(ADJECTIVES)) & frozenset(
    VERB_OF
)
_UNSURE = _UNSURE_FORMS | frozenset(NOUN_OF) | frozenset(ADJECTIVES)
_MARKS = frozenset(['"', "“", "”", "„", "‟", "«", "»", "``", "''", "‘"])
_SURE = (frozenset(VERB_OF) - _UNSURE_FORMS) | frozenset(ADVERBS) | frozenset(["according", "per"]) | _MARKS
_LEADING = _words("that to whether how why if for about against on")
_DETERMINERS = _words("the a an this that these those his her its their our my no some any every each all both")
_AFTER_VERB = _words("the a an his her their its him them it us me that this")
_BEFORE_VERB = _words("he she they we who it has have had also not n't n’t is are was were 's ’s will would")


def may_hold_statement(words: Words, start: int, end: int) -> bool:
    """Whether the tokens from `start` to `end` may tell of a statement, at the cost of looking up each once.

    A quotation mark, "according to" and reporting verbs say so; words that are nouns as often, or report seldom, only
    before "that", "to" and the like, or where they stand as verbs do. So 0.71 of the words of world news are parsed, in
    place of 0.83 with any cue word, for 0.001 of F1 in cues and none in all roles (84 articles of PolNeAR).
    """
    lower = words.lower[start:end]
    if not _SURE.isdisjoint(lower):
        return True
    if not _UNSURE.isdisjoint(lower):
        for at, word in enumerate(lower):
            if word not in _UNSURE:
                continue
            if not _LEADING.isdisjoint(lower[at + 1 : at + 3]) or lower[at + 1 : at + 2] == ["of"]:
                return True
            if word in _UNSURE_FORMS and _is_like_verb(words, start + at, start, end):
                return True
    return ":" in lower[:10]


def _is_like_verb(words: Words, at: int, start: int, end: int) -> bool:
    """Whether a word stands as a verb does: behind a pronoun, an auxiliary or a name, or before its object."""
    if at > start:
        before = words.lower[at - 1]
        if before in _BEFORE_VERB or (words.text[at - 1][:1].isupper() and before not in _DETERMINERS):
            return True
    return at + 1 < end and (words.lower[at + 1] in _AFTER_VERB or words.text[at + 1][:1].isupper())
