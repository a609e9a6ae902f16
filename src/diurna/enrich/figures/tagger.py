"""What is measured in a text, of what, and how much: figures, found around its quantities, times and places.

Names of attributes: a maintained list (`figure_words`) gives `killed`, `injured`, `distance flown`, `altitude`,
`vote share`, …; else the counted noun (`tickets`) or the noun that is measured (`turnout`) is the name. What is not of
the event itself is told apart by the end of the name: `killed in total` (since some time, so far, overall), `killed
before` (what it is compared with), `killed a day` (a rate). Plans, possibilities and hearsay are `hedged`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import TypeVar

from msgspec.structs import replace
from spacy.language import Language
from spacy.tokens import Doc

import diurna.enrich.extensions  # noqa: F401  # it declares what documents carry
from diurna.enrich.figures.agents import HARM, agents_of
from diurna.enrich.figures.counts import LONGEST_OF, Governor, govern_count, name_count, none_said, one_said, part_said
from diurna.enrich.figures.facts import facts_of, may_tell
from diurna.enrich.figures.grammar import HAVE, Sentence, Tokens
from diurna.enrich.figures.happenings import happening_near
from diurna.enrich.figures.measures import Measure, dimension_of, is_period, name_measure
from diurna.enrich.figures.words import PERSONS, STATES, word_set
from diurna.enrich.found import Figure, Name, Number, Statement, Time, words_of
from diurna.enrich.language.sentences import find_sentences
from diurna.enrich.settings import FigureSettings
from diurna.model import Quantity, Span

__all__ = ["FigureSettings", "FigureTagger", "make_figures"]

_T = TypeVar("_T", Number, Time, Name)
_FOR_ONE = frozenset({"killed", "injured", "missing", "arrested", "abducted", "captured", "rescued", "freed"})
_TOTALS = word_set("since overall total altogether cumulative cumulatively")
_RATES = frozenset({"a", "per", "every", "each"})
_PERIODS = word_set("day week month year hour minute")
_LONGEST = 200
_SEVERAL = 10
_RATE_WORDS = {"daily": "a day", "weekly": "a week", "monthly": "a month", "yearly": "a year", "annually": "a year"}
_NEAR = 8
_ELSEWHEN = frozenset({"earlier", "ago", "later", "before", "after", "old"})
_BOUNDS = word_set("since until till by from for before after between")
_AFTER_ALONE = word_set("by on so more others again now still not already later then who")
_NUMBERED_BY = word_set(
    "no no. number page article section flight room route chapter part top clause phase level - – /"
)
_POINTING = word_set("the these those his her its their our your my both")
_OLDEST = 120
_OF_MANY = word_set("family families couple couples crew staff police people group groups party pair public")
_COARSE = frozenset({"month", "quarter", "season", "half", "half-year", "year", "decade", "century", "millennium"})
_AGEING = frozenset({"aged", "turned", "turning", "turns"})
_STUFFS = frozenset({"mass", "volume", "other"})


class FigureTagger:
    """Component that finds the figures of a document; see `diurna.enrich.figures.tagger`."""

    def __init__(self, settings: FigureSettings) -> None:
        self.settings = settings

    def __call__(self, doc: Doc) -> Doc:
        """Leave `doc._.diurna_figures`, in the order of the text."""
        doc._.diurna_figures = tuple(self._figures(doc))
        return doc

    def _figures(self, doc: Doc) -> list[Figure]:
        if not len(doc):
            return []
        tokens = Tokens(words_of(doc), doc)
        text = tokens.written()
        numbers = _located(tokens, doc._.diurna_quantities)
        times = _located(tokens, [time for time in doc._.diurna_times if _measures(time)])
        names = [name for name in doc._.diurna_names if name.kind == "place"] if self.settings.places else []
        places = _located(tokens, names)
        found: list[Figure] = []
        n = t = p = 0
        for first, last in _sentences(doc):
            n_end, t_end, p_end = _until(numbers, n, last), _until(times, t, last), _until(places, p, last)
            if self.settings.agents:
                found += _facts(tokens, text, first, last)
            if n < n_end or t < t_end or p < p_end or _may_say_none(tokens, first, last, self.settings.singles):
                reader = _SentenceReader(Sentence(tokens, first, last), text, agents=self.settings.agents)
                figures = [
                    *reader.counted([(a, b, one) for a, b, one in numbers[n:n_end]], singles=self.settings.singles),
                    *reader.timed([(a, b, one) for a, b, one in times[t:t_end]]),
                    *reader.placed([(a, b, one) for a, b, one in places[p:p_end]]),
                ]
                found += sorted(figures, key=lambda figure: (figure.measured, figure.attribute))
            n, t, p = n_end, t_end, p_end
        found.sort(key=lambda figure: figure.measured)
        return _within(_with_whole_names(found, doc._.diurna_names), doc._.diurna_statements)


class _SentenceReader:
    """The figures of one sentence."""

    def __init__(self, sentence: Sentence, text: str, *, agents: bool) -> None:
        self.sentence, self.tokens, self.text, self.agents = sentence, sentence.tokens, text, agents
        self.span = self.tokens.span(sentence.first, sentence.last)

    def counted(self, numbers: list[tuple[int, int, Number]], *, singles: bool) -> Iterator[Figure]:
        """Figures of quantities, of none ("no casualties") and of one ("a nurse")."""
        taken = {at for first, last, _ in numbers for at in range(first, last)}
        items: list[tuple[int, int, Number | None]] = [*numbers]
        for first, last, attribute, loose in none_said(self.sentence):
            if not taken.intersection(range(first, last)):
                yield self._none(first, last, attribute, loose)
        if singles:
            items += [(a, b, None) for a, b in one_said(self.sentence) if not taken.intersection(range(a, b))]
            items.sort(key=itemgetter(0, 1))
        before: Governor | None = None
        ended = -1
        told: set[int] = set()
        last_measure: tuple[str, int, Figure] | None = None
        for index, (first, last, number) in enumerate(items):
            quantity = number.quantity if number else Quantity(1.0, "", digits=1, counted=self.tokens.lower[last - 1])
            span = number.span if number else self.tokens.span(first, last)
            dimension = dimension_of(quantity, self.text[span.start : span.end])
            if dimension:
                if number is not None and not (dimension == "duration" and is_period(self.sentence, first, last)):
                    figure = self._measure(first, last, number, dimension, last_measure)
                    last_measure = (dimension, last, figure)
                    yield figure
                continue
            whole = self._whole(last, items[index + 1][:2]) if index + 1 < len(items) and not quantity.counted else None
            governor = govern_count(self.sentence, first, last, before, ended)
            if number is None and (governor is None or governor.attribute not in _FOR_ONE):
                continue
            if whole is not None and governor is None:
                governor = part_said(self.sentence, whole[1])
            counted = self._count(first, last, span, quantity, governor)
            ended = last
            if counted is not None:
                before = governor or Governor(counted.attribute, first, listed=False)
                yield counted
                if governor is not None and governor.at not in told:
                    told.add(governor.at)
                    yield from self._agents(governor, counted, first)

    def _whole(self, last: int, following: tuple[int, int]) -> tuple[int, int] | None:
        """The next number where this one is so many of it: "six | of the country's | nine provinces"."""
        return following if self.sentence.word(last) == "of" and following[0] - last <= LONGEST_OF else None

    def _agents(self, governor: Governor, harmed: Figure, counted: int) -> Iterator[Figure]:
        """Who or what did it, where the sentence says so."""
        if not self.agents or governor.attribute not in HARM or governor.inherited:
            return
        for attribute, first, last in agents_of(self.sentence, governor.at, counted):
            measured = self.tokens.span(first, last)
            yield replace(harmed, attribute=attribute, measured=measured, quantity=None)

    def _none(self, first: int, last: int, attribute: str, loose: bool) -> Figure:
        quantity = Quantity(0.0, "", digits=1, counted=self.tokens.lower[last - 1])
        hedged = loose or self.sentence.doubted(first, last - 1)
        return Figure(self.span, attribute, self.tokens.span(first, last), quantity=quantity, hedged=hedged)

    def _count(self, first: int, last: int, span: Span, quantity: Quantity, governor: Governor | None) -> Figure | None:
        subject = self._counted_words(first, last, span, quantity)
        at = first
        vague = quantity.value is None and (quantity.lower or 0) < _SEVERAL
        if governor is not None and not (quantity.value == 1 and not governor.listed):
            attribute, at = governor.attribute, governor.at
        elif vague or quantity.value == 1 or self._known(first, quantity):
            return None
        elif quantity.counted:
            attribute, at = name_count(self.sentence, first, last, quantity.counted)
        elif self._age(first, last, quantity):
            attribute = "age"
        else:
            measure = name_measure(self.sentence, first, last, "")
            if measure.at < 0 and not self._alone(first, last):
                return None
            attribute, at = (measure.attribute, measure.at) if measure.at >= 0 else ("number", first)
        if quantity.value is not None and 0 < quantity.value < 1:
            attribute = f"share {attribute}" if governor is not None and governor.listed else f"share of {attribute}"
        scope = self._scope(first, last, at)
        return Figure(
            self.span,
            attribute + scope,
            span,
            subject=subject,
            quantity=quantity,
            negated=self.sentence.word(first - 1) == "not" or self.sentence.denied(min(at, first)),
            hedged=self.sentence.doubted(at, first),
        )

    def _alone(self, first: int, last: int) -> bool:
        """Whether a number stands for what was counted before: "Seven | were in custody", "police made it | 22,000"."""
        before, after = self.sentence.word(first - 1), self.sentence.word(last)
        if after.isalpha() and not (self.sentence.ends_phrase(last) or after in _AFTER_ALONE):
            return False
        if before == "at" and (self.sentence.dated(last) or self.sentence.dated(last + 1)):
            return False  # "at six on Monday": the clock's
        named = first > self.sentence.first and self.tokens.words.text[first - 1][:1].isupper()
        return not (named or before in _NUMBERED_BY or self.tokens.tied(first - 1) or self.tokens.tied(last))

    def _known(self, first: int, quantity: Quantity) -> bool:
        """Whether the count only points back: "the two countries", "these six"."""
        return self.sentence.word(first - 1) in _POINTING and quantity.value is not None and quantity.value <= _SEVERAL

    def _age(self, first: int, last: int, quantity: Quantity) -> bool:
        """Whether the number is an age by its place: "Fields, 56, is retiring", "when she turned 18"."""
        word, value = self.sentence.word, quantity.value
        if word(first - 1) in _AGEING and value is not None and 0 < value < _OLDEST:
            return True
        if word(first - 1) == "of" and word(first - 2) in PERSONS - _OF_MANY:
            return value is not None and value < _OLDEST  # "a crane driver of 51"
        return (
            value is not None
            and 0 < value < _OLDEST
            and word(first - 1) == ","
            and word(last) in {",", "."}
            and first - 2 >= self.sentence.first
            and self.tokens.words.text[first - 2][:1].isupper()
        )

    def _counted_words(self, first: int, last: int, span: Span, quantity: Quantity) -> tuple[Span, ...]:
        """The words for the things counted, where they are no mere state ("22 dead")."""
        counted = quantity.counted
        at = self.text.rfind(counted, span.start, span.end + len(counted) + 1) if counted else -1
        if at < 0 or counted.lower() in STATES:
            return ()
        end = self.tokens.at(Span(at, at + len(counted)))[1]
        return (Span(at, self.tokens.words.end[self.sentence.phrase_end(end) - 1]),)

    def _measure(
        self, first: int, last: int, number: Number, dimension: str, before: tuple[str, int, Figure] | None
    ) -> Figure:
        same = before is not None and before[0] == dimension
        if before is not None and same and self.sentence.word(first - 1) in {"(", "or"} and first - before[1] <= 2:
            return replace(before[2], measured=number.span, quantity=number.quantity)
        compared = self.sentence.compared(first) or (same and self.sentence.word(first - 1) == "from")
        if before is not None and same and compared:
            negated = self.sentence.word(first - 1) == "not"
            name = before[2].attribute.removesuffix(" before") + ("" if negated else " before")
            return replace(before[2], attribute=name, measured=number.span, quantity=number.quantity, negated=negated)
        measure = name_measure(self.sentence, first, last, dimension)
        at = measure.at if measure.at >= 0 else first
        end = self.sentence.phrase_end(last) if dimension in _STUFFS and self.sentence.word(last) == "of" else last
        governor = govern_count(self.sentence, first, end, None) if end > last else None
        if governor is not None:
            measure, at = Measure(governor.attribute, governor.at), governor.at
        subject = (self.tokens.span(last + 1, end),) if end > last else self._subject(first, at)
        return Figure(
            self.span,
            measure.attribute + self._scope(first, last, at, totals=False),
            number.span,
            subject=subject,
            quantity=number.quantity,
            negated=self.sentence.denied(min(at, first)),
            hedged=self.sentence.doubted(at, first),
        )

    def _subject(self, first: int, at: int) -> tuple[Span, ...]:
        verb = at if self.tokens.verb(at) and at < first else self.sentence.verb_before(first)
        if verb is None:
            return ()
        subject = self.sentence.subject_of(verb)
        return () if subject is None else (self.tokens.span(*subject),)

    def _scope(self, first: int, last: int, at: int, *, totals: bool = True) -> str:
        """End of the name where the figure is none of the event itself: a rate, a total, a comparison."""
        word = self.sentence.word
        if (self.sentence.compared(first) and word(first - 1) != "not") or self.sentence.was_once(first, last):
            return " before"
        if word(last) in _RATE_WORDS:
            return " " + _RATE_WORDS[word(last)]
        for near in range(last, min(last + _NEAR, self.sentence.last)):
            rate = word(near) in _RATES and (near == last or word(near) != "a")
            if rate and word(near + 1) in _PERIODS and word(near + 2) not in _ELSEWHEN:
                return " a " + word(near + 1)
        if not totals:
            return ""
        low, high = min(first, at), max(last, at)
        for near in range(high, min(self.sentence.last, high + 14)):
            found = word(near)
            if found in {";", "—", ","} or (found == "since" and word(near - 1) in HAVE):
                break
            if (
                found in _TOTALS
                or (found == "total" and word(near - 1) == "in")
                or (found, word(near - 1)) == ("far", "so")
            ):
                return " in total"
        for near in range(low - 1, max(self.sentence.first, low - 12) - 1, -1):
            found = word(near)
            if found in {";", "—"}:
                break
            if (found, word(near - 1)) == ("far", "so") and word(near + 1) in {"this", "in"}:
                return " in total"
            if found in _TOTALS and not (found == "since" and word(near - 1) in HAVE):
                return " in total"
        return ""

    def timed(self, times: list[tuple[int, int, Time]]) -> Iterator[Figure]:
        """Times of happenings: "fired … at 5:27 a.m.", "Monday's blast"."""
        for first, last, time in times:
            happening = happening_near(self.sentence, first, last, place=False)
            if happening is not None and (happening[0] or _is_exact(time)):
                figure = self._happening("time", happening, time.span)
                yield replace(figure, interval=time.interval)
            elif happening is None and _is_clock(time) and not self._spoken(first, last):
                yield Figure(self.span, "time", time.span, interval=time.interval)

    def _spoken(self, first: int, last: int) -> bool:
        """Whether a time is when somebody spoke, or one that something lasted from or to."""
        before = self.sentence.verb_before(first, 6)
        near = [at for at in (before, last, last + 1) if at is not None and self.sentence.word(at)]
        return self.sentence.word(first - 1) in _BOUNDS or any(self.tokens.reporting(at) for at in near)

    def placed(self, places: list[tuple[int, int, Name]]) -> Iterator[Figure]:
        """Places of happenings: "landed in the Sea of Japan", "the blast in Kandahar"."""
        for first, last, name in places:
            start = first - 1 if self.sentence.word(first - 1) == "the" else first
            happening = happening_near(self.sentence, start, last, place=True)
            if happening is not None:
                yield self._happening("place", happening, name.span)

    def _happening(self, attribute: str, happening: tuple[str, int], measured: Span) -> Figure:
        name, at = happening
        subject = self.sentence.subject_of(at) if self.tokens.verb(at) else None
        spans = [self.tokens.span(*subject)] if subject is not None else []
        return Figure(
            self.span,
            f"{attribute} of {name}" if name else attribute,
            measured,
            subject=(*spans, self.tokens.span(at, at + 1)),
            negated=self.sentence.denied(at),
            hedged=self.sentence.doubted(at, at),
        )


def _facts(tokens: Tokens, text: str, first: int, last: int) -> Iterator[Figure]:
    """What a sentence tells outright without a figure: what caused it, who did it, whose it is, what type it was."""
    span = tokens.span(first, last)
    sentence = text[span.start : span.end]
    if not may_tell(sentence):
        return
    read = Sentence(tokens, first, last)
    for attribute, start, end in facts_of(sentence):
        measured = Span(span.start + start, span.start + end)
        at = tokens.at(measured)[0]
        denied = read.word(at - 1) == "not" or read.word(at - 2) == "not"
        yield Figure(span, attribute, measured, negated=denied, hedged=read.doubted(at, at))


def _is_exact(time: Time) -> bool:
    """Whether it is a day or finer: coarser times are told of happenings on the list alone."""
    return time.interval is not None and time.interval.granularity not in _COARSE


def _is_clock(time: Time) -> bool:
    day, _, clock = time.timex.value.partition("T")
    return bool(day) and clock[:1].isdigit()


def _measures(time: Time) -> bool:
    return time.timex.type in {"DATE", "TIME"} and time.interval is not None


def _located(tokens: Tokens, items: Iterable[_T]) -> list[tuple[int, int, _T]]:
    located: list[tuple[int, int, _T]] = []
    for item in items:
        first, last = tokens.at(item.span)
        located.append((first, last, item))
    return located


def _until(items: list[tuple[int, int, _T]], at: int, last: int) -> int:
    while at < len(items) and items[at][0] < last:
        at += 1
    return at


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    """First and last tokens of the sentences: those of the pipeline, else by rule."""
    if not doc.has_annotation("SENT_START"):
        return find_sentences(words_of(doc))
    starts = [at for at, flag in enumerate(doc.to_array("SENT_START").tolist()) if flag == 1 or at == 0]
    pairs = zip(starts, [*starts[1:], len(doc)], strict=True)
    return [(start, min(start + _LONGEST, last)) for first, last in pairs for start in range(first, last, _LONGEST)]


def _may_say_none(tokens: Tokens, first: int, last: int, singles: bool) -> bool:
    lower = tokens.lower[first:last]
    if "no" in lower or "nobody" in lower or "none" in lower:
        return True
    return singles and any(word in _CASUALTY for word in lower)


_CASUALTY = word_set(
    """
    killed kill kills killing dead died die dies injured wounded wounds wounding injuring hurt missing arrested
    detained shot executed kidnapped abducted beheaded murdered rescued freed captured
    """
)


def _with_whole_names(figures: list[Figure], names: tuple[Name, ...]) -> list[Figure]:
    """The figures, whose subjects take in all of a name that they hold a piece of: hyphens cut names into words."""
    starts = [name.span.start for name in names]

    def whole(span: Span) -> Span:
        start, end = span.start, span.end
        for name in names[max(0, bisect_right(starts, start) - 1) : bisect_right(starts, end)]:
            if name.span.start < end and start < name.span.end:
                start, end = min(start, name.span.start), max(end, name.span.end)
        return Span(start, end)

    return [replace(figure, subject=tuple(map(whole, figure.subject))) for figure in figures]


def _within(figures: list[Figure], statements: tuple[Statement, ...]) -> list[Figure]:
    """The figures, each with the innermost statement in whose content it stands."""
    pieces = sorted(
        (span.start, -span.end, index) for index, statement in enumerate(statements) for span in statement.content
    )
    placed, open_pieces, at = [], list[tuple[int, int]](), 0
    for figure in figures:
        while at < len(pieces) and pieces[at][0] <= figure.measured.start:
            open_pieces.append((-pieces[at][1], pieces[at][2]))
            at += 1
        while open_pieces and open_pieces[-1][0] <= figure.measured.start:
            open_pieces.pop()
        inside = next((index for end, index in reversed(open_pieces[-8:]) if end >= figure.measured.end), None)
        placed.append(figure if inside is None else replace(figure, statement=inside))
    return placed


@Language.factory(
    "diurna_figures",
    assigns=["doc._.diurna_figures"],
    requires=["doc._.diurna_quantities"],
    default_config={"places": True, "agents": True, "singles": True},
)
def make_figures(nlp: Language, name: str, places: bool, agents: bool, singles: bool) -> FigureTagger:
    """Make the component; it reads quantities, and times, names and statements where another component left them."""
    return FigureTagger(FigureSettings(places=places, agents=agents, singles=singles))
