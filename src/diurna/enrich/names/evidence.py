"""What speaks for a span being a name, and of what: the model, the gazetteer, head words, its surroundings, its shape.

Each piece of evidence is a short phrase; `name_weights` says how much it counts for a person, an organisation, a place
or any other name.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from diurna.enrich.found import Words
from diurna.enrich.names.candidates import opens_sentence
from diurna.enrich.names.words import (
    BASED,
    COMMON_OPENERS,
    FIRM_ENDINGS,
    GIVEN_NAMES,
    HEADS,
    NOUNS,
    OPENING_HEADS,
    PARTICLES,
    PERSON_ENDINGS,
    PERSON_TAILS,
    PLACE_ENDINGS,
    PLACE_PREPOSITIONS,
    POSSESSED,
    SPEAKING,
    TITLES,
)

__all__ = ["LABELS", "Known", "Surroundings"]

LABELS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "other",
    "EVENT": "other",
    "WORK_OF_ART": "other",
    "PRODUCT": "other",
    "LAW": "other",
    "LANGUAGE": "other",
}
"""The model's labels for names, and which of the four classes of a name each belongs to."""

_DASHES = frozenset({"-", "--", "---", "–", "—"})
_QUOTES = frozenset("\"'“”‘’«»`")
_OPENING = frozenset("\"“‘«'")
_CLOSING = frozenset("\"”’»'")
_DETERMINERS = frozenset({"a", "an", "this", "that", "these", "those", "every", "each", "his", "her", "their", "its"})
_PLACE_JOINS = frozenset({",", "("})
_PLACES = frozenset({"country", "capital", "city", "place"})
_NOWHERE = (-1, -1)
_COPULAS = frozenset({"is", "was", "are", "were", "became", ","})
_ARTICLES = frozenset({"a", "an", "the", "one"})
_STOPS = frozenset({".", ",", ";", ":", "of", "in", "who", "which", "that", "(", ")", "\n"})
_POSSESSIVES = frozenset({"'s", "’s"})
_ADJECTIVE_ENDINGS = ("an", "ish", "ese", "ic", "ist", "ists", "ans", "ians", "is", "i")


class Known(Struct, frozen=True):
    """What is known of a text's spans beforehand: the model's labels, kinds in the gazetteer, the chronicle's names."""

    model: Mapping[tuple[int, int], str]
    listed: Mapping[tuple[int, int], str]
    """Kind by span; `weak` before that of a word that mostly means something else."""
    numbers: frozenset[int] = frozenset()
    """Tokens in the model's dates, amounts and numbers."""


class Surroundings:
    """A text with what is known of its spans: tells the evidence for each of them."""

    def __init__(self, words: Words, known: Known) -> None:
        self._text = words.text
        self._lower = words.lower
        self._words = words
        self._known = known
        self._inside: dict[int, tuple[tuple[int, int], str]] = {}
        for span, label in known.model.items():
            for at in range(*span):
                self._inside[at] = (span, LABELS[label])
        self._listed_inside = {at: span for span in known.listed for at in range(*span)}
        self._small = {word for word, lower in zip(words.text, words.lower, strict=True) if word == lower}

    def evidence(self, start: int, end: int) -> list[str]:
        """What speaks for or against the tokens `start` to `end` being a name."""
        found = self._of_model(start, end)
        self._of_listing(start, end, found)
        self._of_words(start, end, found)
        self._of_shape(start, end, found)
        self._before(start, end, found)
        self._after(start, end, found)
        return found

    def _of_model(self, start: int, end: int) -> list[str]:
        """What the model made of the span, or of what overlaps it."""
        label = self._known.model.get((start, end))
        if label:
            return ["model " + label]
        inside = self._inside
        first, last = inside.get(start), inside.get(end - 1)
        if first and last and first[0] == last[0]:
            return ["in model " + first[1]]
        crossed = first or last
        if crossed is None:
            crossed = next((inside[at] for at in range(start, end) if at in inside), None)
        if crossed is None:
            opens = "opening" if opens_sentence(self._words, start) else "inner"
            found = [f"no model, {'one' if end - start == 1 else 'several'}, {opens}"]
        else:
            found = ["over model " + crossed[1]]
        if start in self._known.numbers or end - 1 in self._known.numbers:
            found.append("number")
        return found

    def _of_listing(self, start: int, end: int, found: list[str]) -> None:
        kind = self._known.listed.get((start, end))
        if kind:
            found.append("listed " + kind)
            return
        first, last = self._listed_inside.get(start), self._listed_inside.get(end - 1)
        if first and last and first == last:
            found.append("in listed")
        elif first:
            found.append("listed start" if last is None else "listed start and end")
        elif last:
            found.append("listed end")

    def _of_words(self, start: int, end: int, found: list[str]) -> None:
        """Head words: what the name ends in, or begins with."""
        lower = self._lower
        first, last = lower[start], lower[end - 1]
        several = end - start > 1
        size = "" if several else "only "
        head = HEADS.get(last) or (HEADS.get(last[:-1]) if last.endswith("s") else None)
        if head:
            found.append(f"{size}head {head}")
        if last in FIRM_ENDINGS:
            found.append("firm")
        plain = last.rstrip(".")
        if plain in TITLES and plain not in HEADS:
            found.append(f"{size}title")
        if several:
            opening = OPENING_HEADS.get(first)
            if opening:
                found.append("opens " + opening)
                if lower[start + 1] in ("of", "for"):
                    found.append("opens " + opening + " of")
            if last in PERSON_TAILS:
                found.append("person tail")
            elif first.rstrip(".") in TITLES:
                found.append("title first")
            for at in range(start + 1, end - 1):
                word = lower[at]
                if word in ("of", "for"):
                    found.append("has of")
                    head = HEADS.get(lower[at - 1])
                    if head:
                        found.append(f"head {head} of")
                    break
            inner = lower[start + 1 : end - 1]
            if "and" in inner or "&" in inner:
                found.append("has and")
            if "/" in inner:
                found.append("has slash")
            if "'s" in inner or "’s" in inner:
                found.append("has 's")

    def _of_shape(self, start: int, end: int, found: list[str]) -> None:
        text, lower = self._text, self._lower
        word, low = text[start], lower[start]
        size = end - start
        found.append(f"{size} words" if size < 4 else "4 words")
        if size == 1:
            if word == low:
                found.append("small")
            elif word.isupper():
                found.append("acronym" if len(word) <= 6 else "capitals")
                if len(word) == 1:
                    found.append("letter")
            elif not word[1:].islower() and word[1:].isalpha():
                found.append("mixed case")
            elif low.endswith(_ADJECTIVE_ENDINGS):
                found.append("adjective ending")
            elif low.endswith("s") and word != low:
                found.append("plural")
            if low in GIVEN_NAMES:
                found.append("only given name")
            if not word.isalpha() and any(sign.isdigit() for sign in word):
                found.append("digit")
            if low in COMMON_OPENERS and (size == len(word) == 1 or not word.isupper()):
                found.append("common word")
            elif low in self._small:
                found.append("small elsewhere")
        else:
            if word == low:
                found.append("small first")
            elif low in GIVEN_NAMES:
                found.append("given name")
            if lower[end - 1].endswith("s") and (start, end - 1) in self._known.listed:
                found.append("listed and plural")
            if low in COMMON_OPENERS:
                found.append("common first")
            small = {text[at] for at in range(start, end) if text[at] == lower[at] and text[at].isalpha()}
            if small:
                found.append("has particle" if small <= PARTICLES else "has small")
            if text[end - 1].isdigit():
                found.append("digit last")
            if word.isdigit():
                found.append("digit first")
            if text[end - 1].isupper() and word.isupper() and len(word) > 1:
                found.append("all capitals")
            for part in text[start : end - 1]:
                if len(part) == 2 and part[1] == ".":
                    found.append("initial")
                    break
        last = lower[end - 1]
        if len(last) > 5 and last != text[end - 1]:
            if last.endswith(PLACE_ENDINGS):
                found.append("place ending")
            elif last.endswith(PERSON_ENDINGS):
                found.append("person ending")
        if opens_sentence(self._words, start):
            found.append("opens 1" if size == 1 else "opens")
            if self._dated(start, end):
                found.append("dateline")

    def _dated(self, start: int, end: int) -> bool:
        """Whether the span begins a line that a dash or an agency's bracket soon follows: "SEOUL (Reuters) -"."""
        text = self._text
        if start and "\n" not in text[start - 1]:
            return False
        return any(word in _DASHES for word in text[end : end + 9])

    def _before(self, start: int, end: int, found: list[str]) -> None:
        text, lower = self._text, self._lower
        if start == 0:
            found.append("first")
            return
        before, word = lower[start - 1], text[start - 1]
        plain = before.rstrip(".")
        if before == "the":
            found.append("after the")
            if start > 1 and lower[start - 2] in PLACE_PREPOSITIONS:
                found.append("after in the")
        elif before in PLACE_PREPOSITIONS:
            found.append("after in")
        elif before in ("of", "for", "by", "with", "and", "said", "on", "'s", "’s", "-", ",", "("):
            found.append("after " + {"for": "of", "’s": "'s"}.get(before, before))
        elif before in _DETERMINERS:
            found.append("after a")
        elif before in _QUOTES:
            closed = end < len(text) and (
                text[end] in _QUOTES or (lower[end] in ",." and end + 1 < len(text) and text[end + 1] in _QUOTES)
            )
            found.append("quoted" if closed else "after quote")
        elif word != before:
            if plain in TITLES:
                found.append("after Title")
            elif before in COMMON_OPENERS or self._inside.get(start - 1):
                found.append("after name")
            else:
                found.append("after Capital")
        elif plain in TITLES:
            found.append("after title")
        elif plain in NOUNS:
            found.append("after noun " + NOUNS[plain])
        elif plain in SPEAKING:
            found.append("after said")
        if before == "of" and start > 1 and lower[start - 2] in NOUNS:
            found.append("after noun of " + NOUNS[lower[start - 2]])
        elif (before in _QUOTES or before == ",") and start > 1 and lower[start - 2].rstrip(",") in NOUNS:
            found.append("after noun, " + NOUNS[lower[start - 2].rstrip(",")])

    def _after(self, start: int, end: int, found: list[str]) -> None:
        text, lower = self._text, self._lower
        if end >= len(text):
            found.append("last")
            return
        after, word = lower[end], text[end]
        following = lower[end + 1] if end + 1 < len(lower) else ""
        if after in _POSSESSIVES:
            found.append("before 's")
            if following in POSSESSED:
                found.append("has " + POSSESSED[following])
        elif after in SPEAKING:
            found.append("before said")
        elif after == "," and following[:2].isdigit() and len(following) <= 2:
            found.append("before age")
        elif after in (",", "(", ")", "of", "and", "who", "has", "is", "was", "will"):
            found.append("before " + {"has": "is", "was": "is", "will": "is"}.get(after, after))
            if after == "(" and end + 2 < len(text) and text[end + 1].isupper() and text[end + 2] == ")":
                found.append("defines acronym")
        elif after == "-":
            found.append("before -based" if following in BASED else "before -")
        elif word != after:
            found.append("before Title" if after.rstrip(".") in TITLES else "before Capital")
        elif after in NOUNS:
            found.append("before noun " + NOUNS[after])
        elif word.isalpha():
            found.append("before small")
        if after in _PLACE_JOINS and self._known.listed.get(self._listed_inside.get(end + 1, _NOWHERE)) in _PLACES:
            found.append("before listed place")
        if after in _COPULAS:
            kind = self._called(end + 1)
            if kind:
                found.append(("called " if after == "," else "is called ") + kind)

    def _called(self, at: int) -> str:
        """Kind of the noun in "is a retired football player", ", a company": the last of the first nouns in a row."""
        lower = self._lower
        if at >= len(lower) or lower[at] not in _ARTICLES:
            return ""
        kind = ""
        for word in lower[at + 1 : at + 9]:
            noun = NOUNS.get(word)
            if noun is None:
                if kind or word in _STOPS:
                    return kind
            else:
                kind = noun
        return kind


def spans_by_words(words: Words, spans: Iterable[tuple[int, int]]) -> dict[str, list[tuple[int, int]]]:
    """The spans that have the same words, by these words in lower case."""
    groups: dict[str, list[tuple[int, int]]] = {}
    for start, end in spans:
        groups.setdefault(" ".join(words.lower[start:end]), []).append((start, end))
    return groups
