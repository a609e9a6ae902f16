"""Forms of words that report: says, saying and said of say, replies of reply."""

__all__ = ["plural", "verb_forms"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PAST = {
    "say": "said", "tell": "told", "write": "wrote written", "read": "read", "know": "knew known", "think": "thought",
    "feel": "felt", "see": "saw seen", "understand": "understood", "hear": "heard", "find": "found", "seek": "sought",
    "show": "showed shown", "put": "put", "set": "set", "lay": "laid", "speak": "spoke spoken", "sing": "sang sung",
    "swear": "swore sworn", "forget": "forgot forgotten", "foresee": "foresaw foreseen", "choose": "chose chosen",
    "begin": "began begun", "shoot": "shot", "hit": "hit", "ring": "rang rung", "break": "broke broken",
    "teach": "taught", "bet": "bet", "dream": "dreamed dreamt", "strive": "strove striven strived", "fight": "fought",
    "stand": "stood", "tear": "tore torn", "cast": "cast", "spin": "spun", "forecast": "forecast forecasted",
    "forbid": "forbade forbidden", "plead": "pleaded pled", "undertake": "undertook undertaken",
    "learn": "learned learnt", "rethink": "rethought", "spell": "spelled spelt", "broadcast": "broadcast",
    "overhear": "overheard", "label": "labeled labelled", "signal": "signaled signalled",
    "counsel": "counseled counselled", "focus": "focused focussed",
}  # fmt: skip
# A stressed last syllable doubles its consonant, which spelling alone does not tell.
_DOUBLING = _words("""
    beg plan shrug admit commit submit slam refer infer prefer rebut quip brag compel regret nod snub shun rap rip pan
    snap sum wrap ban dub recap blog extol quiz concur forget begin put set bet hit forbid spin vet
    """)
_SIBILANTS = ("s", "sh", "ch", "x", "z", "echo", "veto")


def verb_forms(verb: str) -> tuple[str, ...]:
    """A verb as it may stand in a text: say, says, saying, said."""
    final_y = verb.endswith("y") and verb[-2:-1] not in "aeiou"
    long = verb + verb[-1] if verb in _DOUBLING else verb
    if verb == "quiz":
        third = "quizzes"
    elif final_y:
        third = verb[:-1] + "ies"
    else:
        third = verb + ("es" if verb.endswith(_SIBILANTS) else "s")
    if verb.endswith("ie"):
        gerund = verb[:-2] + "ying"
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        gerund = verb[:-1] + "ing"
    else:
        gerund = long + "ing"
    if verb in _PAST:
        past = _PAST[verb].split()
    elif final_y:
        past = [verb[:-1] + "ied"]
    else:
        past = [verb + "d" if verb.endswith("e") else long + "ed"]
    doubled = [word[:-2] + "ing" for word in past if word.endswith("lled") and not verb.endswith("ll")]
    return (verb, third, gerund, *past, *doubled)


def plural(noun: str) -> str:
    """A noun's plural: claims, replies, speeches."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")
