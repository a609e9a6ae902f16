"""Copies are understood once: what was found in one text is found at its place in the other."""

from hypothesis import given
from hypothesis import strategies as st

from diurna.enrich.reuse import moved_claims, moved_mentions, overlap
from diurna.model import Article, Claim, Mention, Paragraph, Span, Voice

BLOCKS = ("The missile flew 500 km.", "“It was a test,” Kim said.", "The sea was calm.", "An advertisement.")


def article(*texts: str) -> Article:
    return Article(id="a", capture="c", component="page/2", paragraphs=tuple(map(Paragraph, texts)))


@given(st.lists(st.sampled_from(BLOCKS), max_size=6), st.lists(st.sampled_from(BLOCKS), max_size=6))
def test_what_is_shared_and_what_is_not_make_up_the_text(one: list[str], other: list[str]) -> None:
    first, second = article(*one), article(*other)
    shared = overlap(first, second)
    covered = [
        Span(start + by, end + by) for start, end, by in zip(shared.starts, shared.ends, shared.shifts, strict=True)
    ]
    for start, end, by in zip(shared.starts, shared.ends, shared.shifts, strict=True):
        assert first.text[start:end] == second.text[start + by : end + by]
    told = "".join(second.text[span.start : span.end] for span in sorted([*covered, *shared.rest]))
    assert told.replace("\n\n", "") == second.text.replace("\n\n", "")
    assert 0.0 <= shared.share <= 1.0
    assert (shared.share == 1.0) == (bool(other) and not shared.rest)


def test_a_mention_moves_with_its_paragraph() -> None:
    one, other = article(BLOCKS[2], BLOCKS[0]), article(BLOCKS[0], BLOCKS[3])
    at = one.text.index("500 km")
    kept = Mention(id="m1", of="article:a", span=Span(at, at + 6), text="500 km", kind="quantity")
    lost = Mention(id="m2", of="article:a", span=Span(4, 7), text="sea", kind="place")
    moved = moved_mentions((lost, kept), overlap(one, other))
    assert [other.text[mention.span.start : mention.span.end] for mention in moved] == ["500 km"]


def test_a_claim_moves_only_as_a_whole() -> None:
    one, other = article(BLOCKS[0], BLOCKS[1]), article(BLOCKS[2], BLOCKS[1])
    text = one.text
    said, kim, quote = (
        Span(text.index(words), text.index(words) + len(words)) for words in ("said", "Kim", "It was a test")
    )
    claim = Claim(
        id="k1",
        of="article:a",
        kind="statement",
        sentence=Span(text.index("“"), len(text)),
        source=(kim,),
        cue=(said,),
        content=(quote,),
        chain=(Voice("Kim", "person", kim), Voice("a missile", "", Span(4, 11))),
    )
    (moved,) = moved_claims((claim,), overlap(one, other))
    assert [other.text[span.start : span.end] for span in (*moved.source, *moved.cue, *moved.content)] == [
        "Kim",
        "said",
        "It was a test",
    ]
    assert moved.chain[0].span == moved.source[0]
    assert moved.chain[1] == Voice("a missile", "", None)
    assert moved_claims((claim,), overlap(one, article(BLOCKS[0]))) == []
