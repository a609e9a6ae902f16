"""Words that tell whether a full stop ends a sentence of English: abbreviations, and words that open sentences."""

__all__ = ["BEFORE_NAME", "BEFORE_NUMBER", "CLOCK", "DAYTIME", "OPENERS", "SAYING", "SHORTENED"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BEFORE_NAME = _words("""
    adm amb atty asst brig capt cllr cmdr cmdt col cpl comdr cpt det dr fr gen gov gov-elect hon insp lieut lt
    lt-col lt-gen ltc ltg maj maj-gen messrs mgr mlle mme mmes mr mrs ms msgr mt mx pfc pres prin prof pvt rear
    rep reps ret rev rt sen sens sgt spc sra srta ste supt treas vice-adm
    v vs cf e.g i.e viz
    """)
"""Abbreviations that something must follow, mostly a name: their full stop ends no sentence."""

BEFORE_NUMBER = _words("app art arts ch chap circa ca fig figs no nos nr p par para paras pp sec secs vol vols")
"""Abbreviations whose full stop ends no sentence if a number follows."""

SHORTENED = _words("""
    a.d a.m al approx assn assoc ave b.c bldg blvd bros cap cert co corp ctr dept dist div ed eds esq est etc ext fed
    ft govt hosp hq hr hrs hwy inc incl inst intl jr lab lb lbs ltd max mfg mi min mins misc natl obs oz ph.d p.m pl plc
    prov pt pty rd repr rte s.a sq sr st sta subj tel temp terr twp univ wk yr yrs
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    ala ariz ark calif colo conn del fla ga ia ill ind kan kans ky la md mass me mich minn miss mo mont neb nebr nev
    okla ont ore pa penn que tenn tex va vt wash wis wisc wyo d.c n.c n.d n.h n.j n.m n.y r.i s.c s.d w.va
    """)
"""Abbreviations that may stand at the end of a sentence: it ends where an opening word follows."""

CLOCK = frozenset({"a.m", "p.m", "am", "pm"})

DAYTIME = _words("""
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    gmt utc bst cet cest eet eest est edt et eastern cst cdt ct central mst mdt mt mountain pst pdt pt pacific kst jst
    ist hkt sgt wib aest aedt nzst nzdt msk trt pkt local zulu
    """)
"""Words that go on with a time of day though they have a capital: "3 p.m. Monday", "8 a.m. EST"."""

OPENERS = _words("""
    a about above according accordingly across additionally after again against all almost along already also although
    among an and another any anyone anything apparently are around as asked at back because been before behind being
    below beneath beside besides between beyond both but by can clearly could currently despite did do does don't
    during each earlier either elsewhere even eventually every everybody everyone everything except few finally first
    following for former formerly from further furthermore given had has have having he he'd he'll he's hence her here
    hers herself his historically how however hundreds i i'd i'll i'm i've if in including indeed initially inside
    instead is isn't it it'd it'll it's its itself just last later lately less let let's like likewise many may maybe
    meanwhile might millions more moreover most much must my nearly neither never nevertheless next no nobody none
    nonetheless nor not nothing notwithstanding now obviously of off officials often on once one only onto or other
    others otherwise our out outside over overall perhaps please police presumably previously prior recently
    regardless reports second several shall she she'd she'll she's should similarly simply since so some somebody
    someone something sometimes soon still subsequently such that that's the their theirs them then there there's
    therefore these they they'd they'll they're they've thirdly this those though thousands three through throughout
    thus to today together tomorrow tonight too toward towards two typically ultimately under unfortunately unless
    unlike until unto up upon us usually was wasn't we we'd we'll we're we've well were what what's whatever when
    whenever where whereas wherever whether which while who who's whoever whom whose why will with within without
    witnesses won't would yes yesterday yet you you'd you'll you're you've your yours
    """)
"""Words that a sentence opens with, and that with a capital seldom stand within one."""

SAYING = _words("""
    add added adds answered answers argued asked asks called calls commented concluded cried declared demanded
    exclaimed insisted joked laughed mused posted quipped read reads recalled remarked replied replies responded
    retorted said say says shouted snapped screamed tweeted told tells wondered wonders wrote writes yelled
    """)
"""Verbs that go on with a sentence after a quoted question or exclamation: “Why now?” Kim asked."""
