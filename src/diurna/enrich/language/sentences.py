"""Where sentences begin, by rules over tokens: a parser's own splits break quotations, and cost as much as parsing.

A sentence ends at a mark that ends sentences, with the quotation marks and brackets that close after it, or with its
paragraph. Full stops of abbreviations and initials, marks in brackets within a sentence, and a quoted question whose
sentence goes on (“Why now?” Kim asked) end none.
"""

import re
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

import diurna.enrich.extensions  # noqa: F401  # it declares what documents carry
from diurna.enrich.found import Words, words_of
from diurna.enrich.language.sentence_words import (
    BEFORE_NAME,
    BEFORE_NUMBER,
    CLOCK,
    DAYTIME,
    OPENERS,
    SAYING,
    SHORTENED,
)
from diurna.enrich.settings import SentencesSettings

__all__ = ["Sentences", "SentencesSettings", "find_sentences", "make_sentences"]

_ASKING = frozenset({"?", "!", "?!", "!?", "!!", "??", "‽"})
_STOPS = frozenset(
    {".", "?", "!", "…", "...", "....", "?!", "!?", "!!", "??", "‽", "。", "！", "？", "｡", "؟", "।", "۔"}
)
_ELLIPSES = frozenset({"…", "...", "....", "‥"})
_QUOTES = frozenset({'"', "”", "’", "'", "''", "»", "“", "``", "«", "„", "‘", "『", "「", "』", "」"})
_OPENING = frozenset({'"', "“", "``", "«", "„", "‘", "'", "`", "(", "[", "{", "「", "『", "¿", "¡"})
_CLOSING = frozenset({'"', "”", "’", "'", "''", "»", "“", ")", "]", "}", "」", "』", "›"})
_GOES_ON = frozenset({",", ";", ":", "%", "'s", "’s", "&", "/"})
_DASHES = frozenset({"-", "--", "---", "–", "—", "―"})
_BREAKS = re.compile(r"[\n\x0b\x0c\r\x85\u2028\u2029]")
_INDENTED = re.compile(r"[\r\n](?:[ \u00a0]{2,}|\t)$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+$|(?:[^\W\d_]\.-)+[^\W\d_]\.$")
# Tokens. A bracket within a sentence is a few words; what stays open longer than that holds sentences of its own.
_LONGEST_BRACKET = 60
_LONGEST_DATELINE = 15
_LONGEST_SPEAKER = 7


class Sentences:
    """Sets where sentences begin, for every token; leaves a document alone that has been parsed."""

    def __init__(self, settings: SentencesSettings) -> None:
        self._settings = settings

    def __call__(self, doc: Doc) -> Doc:
        # has_annotation would look at one token after the other.
        if len(doc) and not np.asarray(doc.to_array("DEP")).any():
            # token.is_sent_start looks through the whole document at each call, so it would take quadratic time.
            starts: Any = np.full((len(doc), 1), -1, dtype=np.int64)
            starts[[first for first, _ in find_sentences(words_of(doc), self._settings)]] = 1
            doc.from_array(["SENT_START"], starts.view(np.uint64))
        return doc


@Language.factory("diurna_sentences", assigns=["token.is_sent_start", "doc.sents"], default_config={"most_tokens": 200})
def make_sentences(nlp: Language, name: str, most_tokens: int) -> Sentences:
    """Make the component that splits sentences by rule."""
    return Sentences(SentencesSettings(most_tokens=most_tokens))


def find_sentences(words: Words, settings: SentencesSettings | None = None) -> list[tuple[int, int]]:
    """Sentences as ranges of tokens, which cover the text without gaps: white space goes with what it follows."""
    longest = (settings or SentencesSettings()).most_tokens
    count = len(words.text)
    if not count:
        return []
    starts = _Splitter(words).starts()
    cut: list[int] = []
    for first, last in zip(starts, [*starts[1:], count], strict=True):
        cut.append(first)
        while last - cut[-1] > longest:
            cut.append(_cut(words.text, cut[-1], longest))
    return list(zip(cut, [*cut[1:], count], strict=True))


def _cut(text: list[str], first: int, longest: int) -> int:
    """Where a sentence without an end is cut: after the last mark or space of its second half."""
    for at in range(first + longest - 1, first + longest // 2, -1):
        if text[at] in {";", ",", ":"} or text[at].isspace():
            return at + 1
    return first + longest


class _Splitter:
    """One text's sentence starts, from its first token to its last."""

    def __init__(self, words: Words) -> None:
        self._text, self._lower, self._start, self._end = words.text, words.lower, words.start, words.end
        self._count = len(words.text)
        self._wrapped: bool | None = None
        self._first = 0
        self._bracket_end = -1
        self._seen = 0

    def starts(self) -> list[int]:
        text, count = self._text, self._count
        starts = [0]
        at = 0
        while at < count:
            word = text[at]
            last = word[-1]
            after = 0
            if word in _STOPS:
                after = self._after_stop(at)
            elif last == "." and len(word) > 1:
                after = self._after_shortened(at)
            elif word in {"(", "["}:
                if at > self._first and at > self._bracket_end:
                    self._bracket_end = self._closing(at)
            elif word.isspace() and _BREAKS.search(word):
                after = self._after_break(at)
            if after > at and after < count:
                starts.append(after)
                self._first = after
            # What was looked over with a mark is not looked at again: 100,000 marks in a row take linear time.
            at = max(at + 1, after, self._seen)
        return starts

    def _closing(self, at: int) -> int:
        """Where the bracket closes that opens here, or -1: not before the paragraph ends, or too far away."""
        for other in range(at + 1, min(at + _LONGEST_BRACKET, self._count)):
            if self._text[other] in {")", "]"}:
                return other
            if "\n\n" in self._text[other]:
                break
        return -1

    def _after_break(self, at: int) -> int:
        """First token of the next paragraph, or 0 where white space with a line break goes on with a sentence."""
        text = self._text
        after = at + 1
        while after < self._count and text[after].isspace():
            after += 1
        self._seen = after
        if after >= self._count or at == self._first == 0:
            return 0 if after >= self._count else after if self._first else 0
        before = text[at - 1] if at else ""
        if before in _DASHES and at - self._first <= _LONGEST_DATELINE:
            return 0  # a dateline on its own line
        gap = "".join(text[at:after])
        if len(_BREAKS.findall(gap.replace("\r\n", "\n"))) > 1 or _INDENTED.search(gap) or "\x0c" in gap:
            return after
        following = text[after]
        if before not in _STOPS and following[0].islower():
            return 0
        if self._is_wrapped():
            return 0
        return after

    def _is_wrapped(self) -> bool:
        """Whether lines of the text are cut by width: most of them end in mid-sentence, at much the same length."""
        if self._wrapped is None:
            lines = goes_on = width = begun = 0
            for at in range(1, self._count - 1):
                word = self._text[at]
                if word.isspace() and word.count("\n") == 1:
                    lines += 1
                    width += self._start[at] - begun
                    goes_on += self._text[at - 1] not in _STOPS and self._text[at + 1][0].islower()
                    begun = self._end[at]
            # Of running text cut by width two lines of three go on with a small letter; of lists and verse few do.
            self._wrapped = goes_on > 0.4 * lines and 45 <= width / lines <= 100
        return self._wrapped

    def _after_closers(self, at: int) -> tuple[int, bool]:
        """Token after the marks that close with the mark at `at`, and whether a quotation mark is among them."""
        text = self._text
        after, quoted = at + 1, False
        while after < self._count:
            word = text[after]
            if self._start[after] != self._end[after - 1]:
                spaced_stop = word == "." and text[after - 1] == "."
                if not spaced_stop:
                    break
            elif word in _CLOSING:
                if word in _OPENING and not self._closes(after):
                    break
                quoted = quoted or word in _QUOTES
            elif word not in _STOPS:
                break
            after += 1
        self._seen = after
        return after, quoted

    def _closes(self, at: int) -> bool:
        """Whether a mark that may open or close, with no space before it, closes: no word follows it at once."""
        after = at + 1
        return after >= self._count or self._start[after] != self._end[at] or not self._text[after][0].isalnum()

    def _skip_space(self, at: int) -> int:
        """Next token that is no white space; a paragraph's end stops it, and is then the token given."""
        while at < self._count and self._text[at].isspace() and not _BREAKS.search(self._text[at]):
            at += 1
        self._seen = at
        return at

    def _after_stop(self, at: int) -> int:
        """First token of the next sentence, or 0 where the mark at `at` ends none."""
        text = self._text
        after, quoted = self._after_closers(at)
        if at <= self._bracket_end and after <= self._bracket_end:
            return 0
        following = self._skip_space(after)
        if following >= self._count or _BREAKS.search(text[following]):
            return 0  # what comes next is for the paragraph's end to say
        word = text[following]
        if word in _GOES_ON:
            return 0
        mark = text[at]
        if mark in _ELLIPSES or (after - at > 2 and text[at + 1] == text[at + 2] == "."):
            return following if self._opens_after_ellipsis(at, following) else 0
        head = self._head(following)
        if not self._spaced(after) and not head[:1].isupper() and word not in _OPENING:
            return 0
        if mark == ".":
            return following if self._full_stop_ends(at, following, quoted) else 0
        if mark in _ASKING:
            if head[:1].islower() or (quoted and self._goes_on_saying(following)):
                return 0
            if mark == "!" and at and text[at - 1] == "Yahoo" and head.lower() not in OPENERS:
                return 0
        return following

    def _spaced(self, at: int) -> bool:
        return at >= self._count or self._start[at] != self._end[at - 1] or self._text[at].isspace()

    def _head(self, at: int) -> str:
        """First word from here, marks that open left out."""
        for other in range(at, min(at + 3, self._count)):
            if self._text[other] not in _OPENING:
                return self._text[other]
        return ""

    def _full_stop_ends(self, at: int, following: int, quoted: bool) -> bool:
        before = self._text[at - 1] if at else ""
        body = before.lower()
        if at and self._end[at - 1] == self._start[at] and at + 1 < self._count:
            if body in BEFORE_NAME and not quoted and before[:1].isupper():
                return False
            if body in BEFORE_NUMBER and self._text[following][0].isdigit():
                return False
            if body in SHORTENED and not quoted:
                return self._opens(following)
            if before.isdecimal() and at - 1 == self._first:
                return False  # "1. The plan" in a list
            if len(before) == 1 and before.isupper() and before.isalpha():
                return self._opens(following)
        head = self._head(following)
        if head[:1].islower() and head.islower():
            return not quoted and len(before) > 3 and before.isalpha() and self._text[following] == head
        return True

    def _after_shortened(self, at: int) -> int:
        """The same for a token that ends in a full stop of its own: an abbreviation, initials, or another's word."""
        word = self._text[at]
        body = self._lower[at][:-1]
        after, quoted = self._after_closers(at)
        if (at <= self._bracket_end and after <= self._bracket_end) or body in BEFORE_NAME:
            return 0
        following = self._skip_space(after)
        if following >= self._count or _BREAKS.search(self._text[following]) or self._text[following] in _GOES_ON:
            return 0
        if body in CLOCK:
            head = self._head(following)
            ends = head[:1].isupper() and head.rstrip(".").lower() not in DAYTIME
        elif body in BEFORE_NUMBER and self._text[following][0].isdigit():
            ends = False
        elif body in SHORTENED or _INITIALS.match(word) or len(word) < 7:
            ends = self._opens(following)
        else:
            ends = not self._head(following)[:1].islower()
        return following if ends or (quoted and self._head(following)[:1].isupper()) else 0

    def _opens(self, at: int) -> bool:
        """Whether a sentence opens here, after a full stop that an abbreviation has anyway."""
        head = self._head(at)
        return head[:1].isupper() and head.lower() in OPENERS

    def _opens_after_ellipsis(self, at: int, following: int) -> bool:
        head = self._head(following)
        if not head[:1].isupper() or head in {"I", "I'm", "I'll"}:
            return False
        return head.lower() in OPENERS or (at > 0 and self._end[at - 1] == self._start[at])

    def _goes_on_saying(self, at: int) -> bool:
        """Whether a speaker and a verb of saying follow: “Why now?” Prime Minister Lee asked."""
        if self._lower[at] in OPENERS and self._lower[at] != "i":
            return False  # within a sentence it would have a small letter
        for other in range(at, min(at + _LONGEST_SPEAKER, self._count)):
            word = self._text[other]
            if self._lower[other] in SAYING:
                return True
            if not (word[0].isupper() or word in {"the", "of", "'s", "’s", "-", "de", "al", "bin", "van", "von"}) or (
                word.isspace()
            ):
                break
        return False
