"""Reading of a text's quantities: number, unit, range, qualifier and what is counted, put together left to right."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from diurna.enrich.quantities.composites import composed
from diurna.enrich.quantities.counts import counted_after, none_counted, one_counts
from diurna.enrich.quantities.currencies import SIGNS
from diurna.enrich.quantities.filters import part_of_code, part_of_date, part_of_name, skip_after
from diurna.enrich.quantities.measures import Measure, is_money, money_before, rate_after, unit_after
from diurna.enrich.quantities.numbers import DIGITS, SYMBOL, WORD, Pieces, Read, read_number
from diurna.enrich.quantities.qualifiers import AGE_WORDS, qualified_after, qualifier_before
from diurna.enrich.quantities.words import (
    CARDINALS,
    CHANGES,
    QUALIFIERS,
    QUALIFIERS_AFTER,
    SCALES,
    STOPS,
    VAGUE,
    VULGAR,
    word_set,
)
from diurna.model import Quantity, Span

__all__ = ["Found", "Reader"]

_TRIGGERS = frozenset([*CARDINALS, *SCALES, *VAGUE, *VULGAR, "half", "quarter", "third", "couple", "no", "none"])
_MINUS = frozenset("-−–")
_RANGE_CUES = word_set(
    """range ranges ranged ranging anywhere vary varies varied varying aged ages between estimates everything"""
)

_OF_AGE = word_set("children people women men adults those anyone girls boys kids players workers patients residents")


class Found(Struct, frozen=True):
    """Quantity and where it stands, in code points; `at` is the number itself."""

    start: int
    end: int
    at: Span
    quantity: Quantity


class _Term(Struct, frozen=True):
    """A number with its unit: pieces `first` (sign and currency with it) to before `end`."""

    read: Read
    unit: str
    first: int
    end: int
    value: float | None
    written_after: bool
    """Whether the unit stands after the number."""
    bound: str = ""
    modifier: str = ""


class Reader:
    """Reader of one text's quantities."""

    def __init__(self, pieces: Pieces, tags: list[str] | None = None) -> None:
        """Take the pieces of the text, and their tags where a tagger ran."""
        self._pieces = pieces
        self._tags = tags

    def found(self) -> Iterator[Found]:
        """The quantities in the order of the text; no two share a number."""
        pieces = self._pieces
        triggers = [
            index
            for index, (kind, word) in enumerate(zip(pieces.kind, pieces.lower, strict=True))
            if kind == DIGITS or word in _TRIGGERS
        ]
        done, last = 0, 0
        for index in triggers:
            if index < done:
                continue
            one, done = self._at(index)
            if one is not None:
                yield one if one.start >= last else replace(one, start=one.at.start)
                last = one.end

    def _at(self, index: int) -> tuple[Found | None, int]:
        """The quantity whose number begins at a piece, and the piece where reading goes on."""
        pieces = self._pieces
        if pieces.lower[index] in ("no", "none"):
            return self._none(index)
        if pieces.kind[index] == DIGITS:
            end = skip_after(pieces, index)
            if end > index:
                return None, end
        if pieces.glued(index) and part_of_code(pieces, index):
            return None, self._past_code(index)
        term = self._term(index)
        if term is None:
            return None, index + 1
        if term.read.written == "year":
            return None, term.read.end
        if term.read.written == "digits" and not term.written_after and self._runs_on(term):
            return None, self._past_code(index)
        share = self._share(term)
        if share is not None:
            return share
        lower, upper, end = term.value, term.value, term.end
        second, link = self._second(term)
        ranged = second is not None and self._is_range(term, second, link)
        if second is not None and not ranged and link == "-":
            return None, second.end
        scaled = second is not None and is_money(term.unit) and second.unit in ("", term.unit)
        if second is not None and (ranged or link == "to") and (not term.unit or scaled):
            term = self._carried(term, second)
            lower = term.value
        if ranged and second is not None:
            upper, end = second.value, second.end
            unit = term.unit if second.unit in ("", "dollar") else second.unit
            term = replace(term, unit=unit or second.unit, bound=second.bound, modifier=second.modifier)
        else:
            term, end = self._whole(term)
        if self._no_quantity(term, index, ranged=ranged):
            return None, max(end if term.unit else term.read.end, index + 1)
        return self._finished(term, (term.value if not ranged else None, lower, upper), end)

    def _term(self, index: int, money: str = "") -> _Term | None:
        """The number at a piece with sign, currency and unit; None where there is none. `money` is carried to it."""
        pieces = self._pieces
        read = read_number(pieces, index)
        if read is None:
            return None
        read, bound, modifier = qualified_after(pieces, read)
        signed = read.first > 1 and pieces.text[read.first - 1] in _MINUS and pieces.text[read.first - 2] in SIGNS
        before = money_before(pieces, read.first - signed)
        first = before.first if before else read.first
        negative = signed or (first > 0 and self._negative(first))
        after = unit_after(pieces, read, money=before.unit if before else money)
        if after is None and read.written in ("vague", "fraction") and pieces.lower[read.end] == "of":
            skipped = 2 if read.written == "fraction" and pieces.lower[read.end + 1] in ("a", "an") else 1
            if skipped == 2 or read.written == "vague":
                after = unit_after(pieces, replace(read, end=read.end + skipped))
        if after is None and first and pieces.lower[first - 1] == "mach":
            first, after = first - 1, Measure("mach", first - 1, read.end)
        scale = (before.scale if before else 1.0) * (after.scale if after else 1.0)
        end = after.end if after else read.end
        unit = after.unit if after else before.unit if before else ""
        value = None if read.value is None else _clean(read.value * scale * (-1 if negative else 1))
        if scale != 1.0:
            read = replace(read, scale=read.scale * scale)
        if read.lower is not None and scale != 1.0:
            read = replace(read, lower=read.lower * scale)
        return _Term(
            read,
            unit,
            first - (negative and not signed),
            end,
            value,
            after is not None and after.end > read.end,
            bound,
            modifier,
        )

    def _negative(self, first: int) -> bool:
        """Whether a minus stands before: "-5", "minus 5"; the hyphen of "F-16" and a dash do not count."""
        pieces, before = self._pieces, self._pieces.text[first - 1]
        if before in _MINUS:
            free = first == 1 or not pieces.glued(first - 1)
            free = free or pieces.text[first - 2] in ("(", ":", "=")
            return free and pieces.glued(first) and not (first > 1 and pieces.kind[first - 2] == DIGITS)
        return before.lower() in ("minus", "negative") and pieces.kind[first - 2] != DIGITS

    def _runs_on(self, term: _Term) -> bool:
        """Whether letters that are no unit touch digits from behind: "3D", "4x4", "24703L202"."""
        end = term.end
        return self._pieces.kind[end] == WORD and self._pieces.glued(end)

    def _past_code(self, index: int) -> int:
        """The first piece after digits and whatever touches them."""
        pieces, end = self._pieces, index + 1
        while pieces.glued(end) and (pieces.kind[end] != SYMBOL or pieces.text[end] in "-/._+"):
            end += 1
        return end

    def _second(self, term: _Term) -> tuple[_Term | None, str]:
        """The number that "to", "or", a hyphen, or "and" after "between" joins to a first one, and which did."""
        pieces, at = self._pieces, term.end
        link = pieces.lower[at]
        if link in ("–", "—", "‑"):
            link = "-"
        if link == "-" and pieces.lower[at + 1] in ("to", "or"):
            link, at = pieces.lower[at + 1], at + 1
            at += pieces.lower[at + 1] == "-"
        if link not in ("to", "-", "or") and not (link == "and" and self._between(term)):
            return None, ""
        if link == "-" and pieces.glued(at) != pieces.glued(at + 1):
            return None, ""
        at += 1
        for _ in range(3):
            if pieces.kind[at] == DIGITS or pieces.lower[at] in CARDINALS or pieces.lower[at] in VULGAR:
                break
            if (pieces.kind[at] == WORD and len(pieces.text[at]) > 4) or pieces.text[at] in (",", ".", ""):
                return None, ""
            at += 1
        else:
            return None, ""
        if pieces.kind[at] == DIGITS and skip_after(pieces, at) > at:
            return None, ""
        carried = term.unit if link == "-" and is_money(term.unit) and not term.written_after else ""
        second = self._term(at, carried)
        if second is None or second.value is None or term.value is None:
            return None, ""
        gap = second.first - term.end
        return (second, link) if gap <= 3 else (None, "")

    def _between(self, term: _Term) -> bool:
        before = self._pieces.lower[max(0, term.first - 3) : term.first]
        return "between" in before

    def _carried(self, term: _Term, second: _Term) -> _Term:
        """The first number of two with the unit, and in a range with the scale, of the second: "$3-5 million"."""
        value, scale = term.value or 0.0, second.read.scale
        if scale != 1.0 and term.read.scale == 1.0 and value < second.read.raw:
            value = _clean(value * scale)
        return replace(term, unit=second.unit or term.unit, value=value)

    def _is_range(self, term: _Term, second: _Term, link: str) -> bool:
        """Whether two joined numbers bound one quantity: "300 to 400", not "rose from 5 to 7 percent" or "won 2-1"."""
        first, last = self._scaled_first(term, second), second.value or 0.0
        same = not term.unit or term.unit == second.unit or (is_money(term.unit) and second.unit in ("", "dollar"))
        if not same or first >= last:
            return False
        pieces = self._pieces
        before = pieces.lower[max(0, term.first - 4) : term.first]
        if link == "and":
            return True
        if link == "or":
            return not term.unit and last <= 2 * first + 1
        cued = any(word in _RANGE_CUES for word in before)
        if link == "-":
            counted = counted_after(pieces, second.end, None, self._tags)[1] > second.end
            return bool(second.unit or term.unit or counted or cued or (before and before[-1] in QUALIFIERS))
        if before and before[-1] == "from":
            return cued
        if term.written_after or (term.unit and is_money(term.unit)):
            return cued or not any(word in CHANGES for word in before)
        return True

    def _scaled_first(self, term: _Term, second: _Term) -> float:
        value = term.value or 0.0
        if term.read.scale == 1.0 and second.read.scale != 1.0 and value < second.read.raw:
            return value * second.read.scale
        return value

    def _share(self, term: _Term) -> tuple[Found, int] | None:
        """A share told as so many of so many: "one in five people", "nine out of ten"."""
        pieces, at, value = self._pieces, term.end, term.value or 0
        out = pieces.lower[at] == "out" and pieces.lower[at + 1] == "of"
        if term.unit or not 0 < value < 10 or not (out or pieces.lower[at] in ("in", "-")):
            return None
        hyphen = pieces.lower[at] == "-"
        if hyphen and not (pieces.lower[at + 1] == "in" and pieces.lower[at + 2] == "-"):
            return None
        of = self._term(at + (3 if hyphen else 1 + out))
        if of is None or of.unit or of.value is None or of.value <= value or of.read.lower is not None:
            return None
        usual = value == 1 and (of.value <= 25 or (of.value % 25 == 0 and of.value <= 1e6))
        if not (out or usual or of.value == 10):
            return None
        if pieces.kind[of.first] == DIGITS and part_of_date(pieces, of.read, measured=False):
            return None
        first, last, end = counted_after(pieces, of.end, None, self._tags)
        bound, modifier, start = qualifier_before(pieces, term.first, term.unit)
        share = _clean(value / of.value)
        quantity = Quantity(
            share,
            "",
            share if bound == "lower" else None,
            share if bound == "upper" else None,
            None,
            modifier,
            self._words(first, last),
        )
        end = max(end, of.end)
        at_span = Span(pieces.start[term.first], pieces.end[of.end - 1])
        return Found(pieces.start[start], pieces.end[end - 1], at_span, quantity), end

    def _whole(self, term: _Term) -> tuple[_Term, int]:
        """The term with smaller units that follow: "6ft 2in", "two hours and ten minutes", "15 dollars 50"."""
        if term.value is None:
            return term, term.end
        joined = composed(self._pieces, term.unit, term.end, self._term_parts)
        if joined is None:
            return term, term.end
        unit, more, figures, end = joined
        whole = abs(term.value) + more
        value = _clean(-whole if term.value < 0 else whole)
        digits = len(str(int(abs(term.value)))) + figures
        return replace(term, unit=unit, value=value, end=end, read=replace(term.read, digits=digits)), end

    def _term_parts(self, index: int) -> tuple[float | None, str, int]:
        term = self._term(index)
        return (None, "", index) if term is None else (term.value, term.unit, term.end)

    def _no_quantity(self, term: _Term, index: int, *, ranged: bool) -> bool:
        pieces, read = self._pieces, term.read
        measured = bool(term.unit)
        if read.written == "digits" or read.value is not None:
            if part_of_date(pieces, read, measured=measured):
                return True
            if (
                not self._aged(term)
                and not self._magnitude(term)
                and part_of_name(pieces, read, measured=measured or ranged)
            ):
                return True
        single = pieces.lower[index] == "one" and read.end == index + 1 and not ranged
        if single and not measured:
            return not one_counts(pieces, index)
        if single and term.unit == "day" and pieces.lower[index + 1] == "day":
            before = pieces.lower[index - 1] if index else ""
            return before not in (
                "for",
                "in",
                "after",
                "within",
                "only",
                "just",
                "than",
                "least",
                "about",
                "by",
                "every",
            )
        return False

    def _aged(self, term: _Term) -> bool:
        """Whether a bare number is an age: "aged 45", "the age of 12", "Ann Lee, 45, said"."""
        pieces, first = self._pieces, term.first
        value = term.value or 0
        if term.unit or not first or not 0 < value < 125 or value != int(value):
            return False
        before = pieces.lower[first - 1]
        words = pieces.lower[max(0, first - 4) : first]
        if before == "now" and first > 1 and pieces.text[first - 2] == "," and pieces.text[term.end] in (",", "."):
            return True
        if before in ("under", "over") and first > 1 and pieces.lower[first - 2] in _OF_AGE:
            return pieces.kind[term.end] != WORD or pieces.lower[term.end] in STOPS
        if before in AGE_WORDS or (before == "of" and first > 1 and pieces.lower[first - 2] in AGE_WORDS):
            return True
        if (
            words
            and any(word in AGE_WORDS for word in words)
            and before in (*QUALIFIERS, "than", "least", "to", "between")
        ):
            return True
        return (
            before == ","
            and first > 2
            and pieces.text[first - 2][:1].isupper()
            and pieces.kind[first - 2] == WORD
            and pieces.text[first - 3][:1].isupper()
            and pieces.kind[first - 3] == WORD
            and (pieces.text[term.end] == "," or (value > 9 and pieces.lower[term.end] in (".", ";", "and")))
            and term.read.written == "digits"
        )

    def _magnitude(self, term: _Term) -> int:
        """Where the words end that make a number the magnitude of an earthquake; 0 where it is none."""
        pieces, end = self._pieces, term.end
        if term.unit or not 0 < (term.value or 0) < 10:
            return 0
        at = end + (pieces.lower[end] in ("-", "on"))
        words = pieces.lower[at : at + 3]
        if words[0] == "magnitude":
            return at + 1
        if "richter" in words:
            return at + words.index("richter") + 1
        before = pieces.lower[max(0, term.first - 3) : term.first]
        return end if "magnitude" in before else 0

    def _finished(
        self, term: _Term, numbers: tuple[float | None, float | None, float | None], end: int
    ) -> tuple[Found | None, int]:
        """The quantity with qualifier, rate and counted things, and the piece where reading goes on."""
        pieces, read, unit = self._pieces, term.read, term.unit
        value, lower, upper = numbers
        counted = (end, end, end)
        if not unit and self._aged(term):
            unit = "year of age"
        elif not unit and (magnitude := self._magnitude(term)):
            unit, end = "magnitude", magnitude
        elif not unit:
            at = end + (pieces.lower[end] == "-" and pieces.glued(end))
            counted = self._counted(term, at, hyphen=at > end)
            end = counted[2] if counted[2] > at else end
        if read.written == "vague" and not unit and counted[0] == counted[1] and read.modifier in ("several", "a few"):
            return None, read.end
        rated = rate_after(pieces, Measure(unit, term.first, end)) if "per " not in unit else Measure(unit, 0, end)
        unit, end = rated.unit, rated.end
        bound, modifier, first = qualifier_before(pieces, term.first, term.unit)
        bound, modifier = bound or term.bound, modifier or term.modifier
        phrase = f"{pieces.lower[end]} {pieces.lower[end + 1]}"
        if not modifier and phrase in QUALIFIERS_AFTER:
            bound, modifier, end = QUALIFIERS_AFTER[phrase], phrase, end + 2
        if value is not None:
            lower = value if bound == "lower" else None
            upper = value if bound == "upper" else None
        elif read.written == "vague":
            lower, upper = read.lower, None
        elif not modifier and self._between(term):
            modifier, first = "between", self._pieces.lower.index("between", max(0, term.first - 3), term.first)
        quantity = Quantity(
            value, unit, lower, upper, read.digits, modifier or read.modifier, self._words(counted[0], counted[1])
        )
        start, last = pieces.start[first], pieces.end[max(end, read.end) - 1]
        return Found(start, last, Span(pieces.start[read.first], pieces.end[read.end - 1]), quantity), max(
            end, read.end
        )

    def _counted(self, term: _Term, at: int, *, hyphen: bool) -> tuple[int, int, int]:
        pieces = self._pieces
        if hyphen:
            if pieces.lower[at] == "strong":
                return counted_after(pieces, at + 1, 1.0, self._tags)
            return (at, at + 1, at + 1) if pieces.kind[at] == WORD and pieces.lower[at] not in STOPS else (at, at, at)
        if term.read.written == "fraction" and pieces.lower[at] in ("the", "its", "their", "his", "her"):
            return counted_after(pieces, at + 1, 0.5, self._tags)
        of = pieces.lower[at] == "of" and term.read.written == "fraction"
        one = of or (term.read.written == "fraction" and pieces.lower[term.first] == "a")
        return counted_after(pieces, at, 0.5 if one else term.value, self._tags)

    def _words(self, first: int, end: int) -> str:
        if first >= end:
            return ""
        pieces = self._pieces
        words = pieces.text[first]
        for index in range(first + 1, end):
            words += pieces.text[index] if pieces.glued(index) else f" {pieces.text[index]}"
        return words

    def _none(self, index: int) -> tuple[Found | None, int]:
        """A count of none: "no casualties", "none of the passengers", "none were hurt"."""
        pieces = self._pieces
        at = Span(pieces.start[index], pieces.end[index])
        after = pieces.lower[index + 1]
        if pieces.lower[index] == "no":
            things = none_counted(pieces, index)
            if things is None:
                return None, index + 1
            first, end = things
        elif after == "of" and pieces.lower[index + 2] in ("the", "those", "them", "these", "its", "his", "their"):
            first, end, _ = counted_after(pieces, index + 1, None, self._tags)
        elif after in ("was", "were"):
            first = end = index + 1
        else:
            return None, index + 1
        if pieces.lower[index] == "none" and after == "of" and first == end and pieces.lower[index + 2] != "them":
            return None, index + 1
        quantity = Quantity(0.0, "", digits=1, counted=self._words(first, end))
        return Found(at.start, pieces.end[max(end, index + 1) - 1], at, quantity), max(end, index + 1)


def _clean(value: float) -> float:
    """The number without the noise of binary fractions: 1.1 × 10⁶ is 1100000."""
    return float(f"{value:.15g}")
