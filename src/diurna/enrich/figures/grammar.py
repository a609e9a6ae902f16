"""Who does what in a sentence, as far as closed word classes and short windows tell it without a parse."""

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc

from diurna.enrich.figures.parse import Parse, is_parsed
from diurna.enrich.figures.words import INTRANSITIVE, IRREGULAR, NAMELESS, PAST_HEDGES, TRANSITIVE, lemma, word_set
from diurna.enrich.found import Words
from diurna.model import Span

__all__ = ["BE", "DETERMINERS", "HAVE", "PREPOSITIONS", "Sentence", "Tokens"]

BE = word_set("is are was were be been being am 's 're")
HAVE = word_set("has have had having 've")
_MODALS = word_set(
    """
    will would can could may might shall should must 'll 'd wo ca did does do to
    """
)
_AUXILIARY = BE | HAVE | _MODALS - {"to"}
DETERMINERS = word_set(
    """
    the a an this that these those its his her their our my your some any no each every
    """
)
PREPOSITIONS = word_set(
    """
    of in on at by from with for to into onto near over under against between among during since until after
    before within without across around outside inside through towards toward behind beyond off about above
    below per via despite including amid along upon according
    """
)
_ADVERBS = word_set(
    """
    also not n't never already now then so still just only later earlier recently reportedly allegedly probably
    immediately briefly once all both each had again too finally eventually initially previously separately
    first
    """
)
_STARTERS = word_set(
    """
    that which who whom whose where when while as after before because if but although though since until
    whether than and or so what how why unless
    """
)
_MARKS = word_set(
    """
    , ; : . ! ? ( ) [ ] " “ ” '' `` — – -- - ‘ ’ « » |
    """
)
_NEGATIONS = word_set("not n't never neither nor cannot no nobody none n’t")
_REPORTING = word_set(
    """
    say tell report announce add claim state confirm deny warn believe think quote cite note declare argue
    insist write ask describe explain suggest estimate reveal acknowledge admit allege
    """
)
_PLAIN_VERBS = word_set(
    """
    be have do go come see make take get give find put keep hold stand leave lose hit strike cut set run drive
    bring win fall rise grow fly send spend pay cost buy sell meet begin speak throw draw beat bear break blow
    shoot steal lend burn sink shrink swim owe carry reach receive build weigh flee hurt slay say tell
    """
)
_NUMBERED = word_set("at to is was were are as reached reaches exceeded passed stood than has")
_WINDOW = 12
_CLAUSE_ENDS = word_set(
    """
    , ; : — “ ” " who which
    """
)
_LONGEST_SUBJECT = 9
_LONGEST_TAIL = 8
_IN_NAMES = frozenset("\"“”-’'")
_DAYS = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december today yesterday tomorrow
    """
)


_ONLY_VERBS = word_set(
    "die kill flee perish injure detain destroy demolish displace evacuate abduct kidnap survive vanish"
)


class Tokens:
    """The words of a document with what is asked of them again and again: which are verbs, where a span lies.

    With the document, the parse of its sentences is used where they have one.
    """

    def __init__(self, words: Words, doc: Doc | None = None) -> None:
        self.words = words
        self._parse = Parse(doc) if doc is not None and is_parsed(doc) else None
        self.lower = words.lower
        self._verbs: dict[int, bool] = {}

    def written(self) -> str:
        """The text, from its words: a fraction of the time that `doc.text` takes."""
        words = self.words
        following = [*words.start[1:], words.end[-1]]
        pieces = zip(words.text, words.end, following, strict=True)
        return "".join([word if end == start else word + " " for word, end, start in pieces])

    def at(self, span: Span) -> tuple[int, int]:
        """First token of a span and the one after its last."""
        first = bisect_right(self.words.start, span.start) - 1
        return max(0, first), bisect_left(self.words.start, span.end)

    def span(self, first: int, last: int) -> Span:
        """The span of the tokens from `first` to before `last`."""
        return Span(self.words.start[first], self.words.end[last - 1])

    def tied(self, index: int) -> bool:
        """Whether the token stands between two others without a space: the hyphen of "5-magnitude"."""
        start, end = self.words.start, self.words.end
        if not 0 < index < len(start) - 1 or end[index - 1] != start[index] or end[index] != start[index + 1]:
            return False
        return not any(self.lower[at].isspace() for at in (index - 1, index, index + 1))

    def verb(self, index: int) -> bool:
        """Whether the token is a verb other than an auxiliary, as far as its form and neighbours tell."""
        known = self._verbs.get(index)
        if known is None:
            known = self._verbs[index] = self._is_verb(index)
        return known

    def _is_verb(self, index: int) -> bool:
        word = self.lower[index]
        if not word.isascii() or not word[:1].isalpha() or word in _AUXILIARY or word in PREPOSITIONS:
            return False
        if self._parse is not None and (told := self._parse.verb(index)) is not None:
            return told
        before = self.lower[index - 1] if index else ""
        after = self.lower[index + 1] if index + 1 < len(self.lower) else ""
        if before in {"-", "–"}:
            return False
        base = lemma(word)
        if word.endswith("ing") and len(word) > 5:
            return after != "of" and before not in DETERMINERS and (base in _VERBS or before in BE or before == ",")
        if base == word and word not in _SAME_PAST:
            if base in _REPORTING and after[:1].isdigit():
                return True
            if base in _ONLY_VERBS and before not in DETERMINERS:
                return True
            return base in _VERBS and (before in _MODALS or before in {"n't", "not", "they", "we", "i", "you", "who"})
        if base in _VERBS:
            if (word.endswith("s") and word == base + "s") or word.endswith("es"):
                return (
                    before not in DETERMINERS
                    and before not in PREPOSITIONS
                    and (base in _PLAIN_VERBS or after[:1].isdigit() or after in DETERMINERS or after in _COUNTING)
                )
            return not (before in DETERMINERS and after not in {"in", "by"} and base in TRANSITIVE and word != "shot")
        return word.endswith("ed") and len(word) > 4 and before not in DETERMINERS and "-" not in word

    def parsed(self, index: int) -> bool:
        """Whether the sentence of the token was parsed."""
        return self._parse is not None and self._parse.has(index)

    def parsed_subject(self, verb: int) -> tuple[int, int] | None:
        """Tokens of the subject of a verb, as the parse tells it."""
        return self._parse.subject(verb) if self._parse is not None else None

    def passive(self, verb: int) -> bool:
        """Whether a form of "to be" stands before the participle: "were also badly hurt", "have been killed"."""
        for index in range(verb - 1, max(-1, verb - 5), -1):
            word = self.lower[index]
            if word in BE or word == "got":
                return True
            if word not in _ADVERBS and word not in HAVE and not word.endswith("ly"):
                return False
        return False

    def reporting(self, verb: int) -> bool:
        """Whether the verb tells who says something rather than what happened."""
        return lemma(self.lower[verb]) in _REPORTING


_VERBS = (
    frozenset(TRANSITIVE)
    | INTRANSITIVE.keys()
    | _PLAIN_VERBS
    | _REPORTING
    | word_set(
        """
    attack explode bomb raid storm shell crash collide collapse derail erupt capsize land test climb travel soar
    target carry cover reach raise drop increase decline plunge jump surge gain add last measure stretch weigh
    extend vote elect receive poll order want demand offer ask expect require use open close start end happen
    occur arrive visit sign resign seal produce export import cancel visit number total cause follow involve
    contain include serve mark hold employ house host move march protest rally gather attend suffer sustain
    claim score donate pledge invest earn fine charge price value tear trap bury crush run work live stay treat
    admit bombard detonate ambush clash beat climb drive join award execute rose
    """
    )
)
_SAME_PAST = word_set("hurt cut hit set put cost beat shot")
_COUNTING = word_set(
    """
    one two three four five six seven eight nine ten eleven twelve dozens scores hundreds thousands several many
    at more nearly about almost some over up another least around
    """
)


_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS | _DAYS | _ADVERBS | {"up", "down", "out"}


_CHANGING = word_set(
    "rise fall grow shrink increase decrease drop climb decline jump surge plunge go come raise cut lift"
)


class Sentence:
    """The tokens from `first` to before `last`, and questions about the clause around one of them."""

    def __init__(self, tokens: Tokens, first: int, last: int) -> None:
        self.tokens, self.first, self.last = tokens, first, last

    def word(self, index: int) -> str:
        """The word there in lower case, empty outside the sentence."""
        return self.tokens.lower[index] if self.first <= index < self.last else ""

    def dated(self, index: int) -> bool:
        """Whether the word there is a day or month."""
        return self.word(index) in _DAYS

    def phrase_end(self, end: int) -> int:
        """Where a noun phrase ends with what hangs on it: "members | of IS |", "people | in Aleppo |"."""
        link = self.word(end)
        if link not in {"of", "in", "from"}:
            return end
        lower, text = self.tokens.lower, self.tokens.words.text
        stop = end + 1
        while stop < min(end + _LONGEST_TAIL, self.last):
            if not (text[stop][:1].isalpha() or text[stop] in _IN_NAMES) or lower[stop] in PREPOSITIONS:
                break
            named = text[stop][:1].isupper() or lower[stop] in DETERMINERS or text[stop] in _IN_NAMES
            if self.ends_phrase(stop) or (link != "of" and not named) or lower[stop] in _DAYS:
                break
            stop += 1
        if link != "of" and stop < self.last and lower[stop].isalpha() and not self.ends_phrase(stop):
            return end
        while stop > end + 1 and (lower[stop - 1] in DETERMINERS or text[stop - 1] in _IN_NAMES):
            stop -= 1
        return stop if stop > end + 1 else end

    def ends_phrase(self, index: int) -> bool:
        """Whether no noun phrase goes on there: a verb, an auxiliary, a preposition, a conjunction."""
        word = self.tokens.lower[index]
        if word in _AUXILIARY and self._acronym(index):
            return False
        return word in _STARTERS or word in _AUXILIARY or word in PREPOSITIONS or self.tokens.verb(index)

    def verb_before(self, index: int, window: int = _WINDOW) -> int | None:
        """The nearest verb before a token within its clause."""
        for at in range(index - 1, max(self.first, index - window) - 1, -1):
            if self.tokens.verb(at):
                return at
            if self.tokens.lower[at] in {";", ":", ".", "—"}:
                return None
        return None

    def verb_after(self, index: int, window: int = 25) -> int | None:
        """The nearest verb or auxiliary from a token on."""
        lower = self.tokens.lower
        for at in range(index, min(self.last, index + window)):
            if (lower[at] in _AUXILIARY and not self._acronym(at)) or self.tokens.verb(at):
                return at
            if lower[at] in {";", ":", ".", "—"}:
                return None
        return None

    def _acronym(self, index: int) -> bool:
        """Whether a small word in capitals among others in small letters is a name: "IS fighters were"."""
        text = self.tokens.words.text
        return text[index].isupper() and len(text[index]) > 1 and index > 0 and not text[index - 1].isupper()

    def main_verb(self, index: int) -> int | None:
        """The full verb that a chain of auxiliaries at `index` leads to: "have | been badly hurt"."""
        at = index
        while at < min(self.last, index + 7):
            word = self.tokens.lower[at]
            if word in _AUXILIARY or word in _ADVERBS or word.endswith("ly") or word == "to":
                at += 1
            else:
                return at
        return None

    def clause_start(self, index: int, window: int = 16) -> int:
        """Where the clause of a token begins, at most a window before it."""
        lower = self.tokens.lower
        for at in range(index - 1, max(self.first, index - window) - 1, -1):
            if lower[at] in _STARTERS and lower[at] not in {"and", "or", "than", "as", "so"}:
                return at
            if lower[at] in {";", ":", "—", "“", "”", '"', "``", "''"}:
                return at + 1
        return max(self.first, index - window)

    def doubted(self, verb: int, index: int) -> bool:
        """Whether what the verb says is planned, possible or not vouched for."""
        lower = self.tokens.lower
        low, high = min(verb, index), max(verb, index)
        start = low
        while start > max(self.first, low - _WINDOW):
            word = lower[start - 1]
            if word in _CLAUSE_ENDS or (self.tokens.verb(start - 1) and word not in PAST_HEDGES and start < low):
                break
            start -= 1
        return any(
            lower[at] in PAST_HEDGES and not (lower[at] == "may" and self.tokens.words.text[at] == "May")
            for at in range(start, min(high + 1, low + _WINDOW))
        )

    def denied(self, verb: int) -> bool:
        """Whether the verb is negated."""
        lower = self.tokens.lower
        return any(lower[at] in _NEGATIONS for at in range(max(self.clause_start(verb), verb - 5), verb))

    def number_of(self, first: int) -> tuple[int, int] | None:
        """Tokens of what is numbered: "the number of | victims | of the attack at 200,000", up to 30 tokens before."""
        lower = self.tokens.lower
        if self.word(first - 1) not in _NUMBERED:
            return None
        for at in range(first - 2, max(self.first, first - 30) - 1, -1):
            if lower[at] == "of" and lower[at - 1] in {"number", "count", "queue", "tally"}:
                begin = at + 1 + (lower[at + 1] in DETERMINERS)
                end = begin
                while end < min(first, at + 6) and lower[end][:1].isalpha() and lower[end] not in PREPOSITIONS:
                    if lower[end] in _STARTERS or lower[end] in _AUXILIARY or self.tokens.verb(end):
                        break
                    end += 1
                return (begin, end) if end > begin else None
            if lower[at] in {";", ":"}:
                return None
        return None

    def subject_of(self, verb: int, *, deep: bool = True) -> tuple[int, int] | None:
        """Tokens of the noun phrase before a verb, without its determiner: what flew, what was hit.

        Of a verb joined to another ("flew … and | reached") it is the other's, if `deep`.
        """
        if self.tokens.parsed(verb):
            return self.tokens.parsed_subject(verb)
        lower = self.tokens.lower
        end = verb
        while end > self.first and (
            (word := lower[end - 1]) in _AUXILIARY or word in _ADVERBS or word in HAVE or word.endswith("ly")
        ):
            end -= 1
        if end > self.first and lower[end - 1] in {"and", "but"} and deep:
            earlier = self.verb_before(end - 1)
            return None if earlier is None or self.tokens.reporting(earlier) else self.subject_of(earlier, deep=False)
        if end > self.first and lower[end - 1] in {"which", "that", "who", ","}:
            while end > self.first and lower[end - 1] in {"which", "that", "who", ","}:
                end -= 1
        start = end
        while start > max(self.first, end - _LONGEST_SUBJECT):
            word = lower[start - 1]
            hyphen = word == "-" and self.tokens.tied(start - 1)
            if not hyphen and (
                word in _MARKS or word in _STARTERS or word in _AUXILIARY or self.tokens.verb(start - 1)
            ):
                break
            start -= 1
            if word in DETERMINERS and lower[start - 1] not in PREPOSITIONS:
                break
        return self._noun_phrase(start, end)

    def _noun_phrase(self, start: int, end: int) -> tuple[int, int] | None:
        """The phrase without leading prepositional phrases, determiners and adverbs, and without what hangs on it."""
        lower = self.tokens.lower
        while start < end and lower[start] in _BEFORE_NOUNS:
            start += 1
        for at in range(start + 1, end):
            if lower[at] in PREPOSITIONS and lower[at] != "of":
                end = at
                break
        if (
            start >= end
            or not lower[start][:1].isalnum()
            or (end == start + 1 and lower[start] in NAMELESS)
            or lower[end - 1].isdigit()
        ):
            return None
        return start, end

    def compared(self, first: int) -> bool:
        """Whether what begins there is only compared with: "up from | 12", "compared with | 12", "22, not | 12"."""
        before, word = self.word(first - 1), self.word(first - 2)
        return before == "versus" or (
            (before == "from" and word in {"up", "down"})
            or (before in {"with", "to"} and word == "compared")
            or before == "not"
            or (before == "than" and word == "rather")
        )

    def was_once(self, first: int, last: int) -> bool:
        """Whether the number is where a change began: "rose from | 12 | to 22"."""
        if self.word(first - 1) != "from" or self.word(last) != "to":
            return False
        verb = self.verb_before(first, 3)
        return verb is not None and lemma(self.tokens.lower[verb]) in _CHANGING

    def noun_before(self, index: int) -> tuple[int, int] | None:
        """Tokens of the noun phrase that ends right before a token: "a crossing | of 22 kilometres"."""
        lower = self.tokens.lower
        start = index
        while start > max(self.first, index - 3):
            word = lower[start - 1]
            if word in _MARKS or word in _STARTERS or word in _AUXILIARY or word in PREPOSITIONS:
                break
            if word in DETERMINERS or not word[:1].isalpha() or self.tokens.verb(start - 1) or word in IRREGULAR:
                break
            start -= 1
        return (start, index) if start < index else None
