"""A text is cut where marks begin and end, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from diurna.model import Span
from diurna.publish.marks import Marking, pieces

TEXT = "Kim said on Monday that 14 missiles were launched."
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: Span(min(pair), max(pair)))


@given(st.lists(SPANS, max_size=8), SPANS)
def test_pieces_are_the_text_and_each_has_the_marks_that_cover_it(spans: list[Span], within: Span) -> None:
    marked = sorted(
        (Marking(span, "person", str(number)) for number, span in enumerate(spans) if span.end > span.start),
        key=lambda one: (one.span.start, -one.span.end, one.about),
    )
    found = pieces(TEXT, marked, within)
    assert "".join(piece.text for piece in found) == TEXT[within.start : within.end]
    at = within.start
    for piece in found:
        end = at + len(piece.text)
        over = {one.about for one in marked if one.span.start <= at and end <= one.span.end}
        assert {one.about for one in piece.marks} == over
        at = end


def test_a_statement_around_a_name_covers_it() -> None:
    found = pieces(
        TEXT, [Marking(Span(0, 3), "person", "m"), Marking(Span(0, 8), "source", "k")][::-1], Span(0, len(TEXT))
    )
    assert [(piece.text, [one.kind for one in piece.marks]) for piece in found[:2]] == [
        ("Kim", ["source", "person"]),
        (" said", ["source"]),
    ]
