"""Copies: one wire text at several outlets, lightly edited; and what only looks alike. All texts are our own."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bench.copies import EDITS, score_copies
from diurna.group.copies import CopySettings, copy_groups, judge_copy, origin_of, signature
from diurna.group.shingles import BINS, shingles
from diurna.model import Article, Dating, Judgement, Paragraph, make_id

SETTINGS = CopySettings()
WIRE = (
    "A ferry with 212 people aboard caught fire off the island of Velmora early on Thursday and at least nine of them "
    "died, the coast guard said.",
    "The Orlo Star was 14 miles from the harbour of Nether Tessany when smoke filled the car deck at 3:40 a.m., "
    "Captain Ilse Brandt of the coast guard told a news conference.",
    "Two fishing boats and a navy tug took 180 passengers from the water within an hour, and a helicopter lifted the "
    "remaining crew from the bow, she said.",
    "The ministry of transport in Port Velmora said that the ship, built in 1987, had passed an inspection in March "
    "and carried 35 lorries, six more than its papers allowed.",
    "Relatives gathered at a school gymnasium near the pier, where the Red Cross put up 90 beds and read out names of "
    "the rescued every half hour.",
    "The island's only hospital treated 41 people for burns and smoke, its director said, and asked the mainland "
    "for blood and for two surgeons.",
    "It was the worst accident in the Velmora strait since 2004, when a cargo ship sank in fog with a crew of 17.",
    "Prime Minister Tomas Arend cancelled a journey to Brussels and declared three days of mourning, beginning on "
    "Friday at noon.",
)
OTHERS = (
    "Council members in Westmarch voted 7 to 4 on Tuesday to close the old tram depot and to sell its land to the "
    "county, which wants a vocational school there.",
    "Growers in the Hallow valley expect 30 percent fewer apples than last year after two nights of frost in April, "
    "their association said in its monthly letter.",
    "Our harbour reporter adds that ferries from the local pier were running on time on Thursday morning, according "
    "to a notice by the port office.",
)
DIVIDEND = (
    "The board of {name} declared a quarterly dividend of {cents} cents a share on its common stock, the company said "
    "in a statement.",
    "The dividend is payable on {month} {day} to shareholders of record on {month} {record}, and compares with a "
    "payment of {before} cents in the same quarter of last year.",
    "{name} has paid a dividend in every quarter since it was listed on the exchange in {year}, and has about {shares} "
    "million shares outstanding.",
)


def article(name: str, *texts: str, outlet: str = "", day: int = 18, **fields: object) -> Article:
    return Article(
        id=name,
        capture=name,
        component="made/1",
        title=f"Report {name}",
        publisher=outlet or f"{name}.example",
        paragraphs=tuple(map(Paragraph, texts)),
        published=Dating(datetime(2017, 5, day, 9, tzinfo=UTC), "minute", "meta", "", 1.0),
        **fields,  # type: ignore[arg-type]
    )


def is_copy(one: Article, other: Article) -> bool:
    return judge_copy(one, [other], SETTINGS) is not None


def dividend(name: str, **figures: object) -> Article:
    return article(name, *(text.format(name=name, **figures) for text in DIVIDEND))


ORIGINAL = article("wire", *WIRE)
ACME = {"cents": 12, "month": "June", "day": 15, "record": 2, "before": 11, "year": 1962, "shares": 40}


@pytest.mark.parametrize("name", EDITS)
def test_light_edits_of_a_wire_text_are_found_and_are_copies(name: str) -> None:
    for seed in range(20):
        blocks = EDITS[name](list(WIRE), random.Random(seed), OTHERS)
        copy = article("copy", *blocks)
        assert set(signature(copy).bands) & set(signature(ORIGINAL).bands)
        assert is_copy(copy, ORIGINAL)
        assert is_copy(ORIGINAL, copy)


def test_a_judgement_says_why_and_whose_text_it_is() -> None:
    copy = article("copy", *WIRE[:5], OTHERS[2], agencies=("Wire Agency",))
    judgement = judge_copy(copy, [article("other", *OTHERS, *OTHERS), ORIGINAL], SETTINGS)
    assert judgement is not None
    assert (judgement.subject, judgement.verdict, judgement.object) == ("article:copy", "copy", "article:wire")
    assert judgement.value == "Wire Agency"
    assert judgement.score is not None
    assert SETTINGS.same_words <= judgement.score < 1
    assert [reason.kind for reason in judgement.reasons] == ["words", "credit"]
    words = judgement.reasons[0]
    assert words.total is not None
    assert words.name == f"{words.count} of {words.total} words"


@pytest.mark.parametrize(
    "blocks",
    [
        (WIRE[0].replace("nine", "fifteen").replace("212", "190"), *WIRE[1:]),
        (WIRE[0].replace("at least nine", "12"), *WIRE[1:]),
        (OTHERS[0], OTHERS[1], *WIRE[4:7]),
        WIRE[6:],
        OTHERS,
    ],
    ids=[
        "other figures in the lede",
        "a toll that rose",
        "a follow-up with old background",
        "the end alone",
        "another",
    ],
)
def test_what_shares_words_but_tells_other_news_is_no_copy(blocks: tuple[str, ...]) -> None:
    assert not is_copy(article("other", *blocks), ORIGINAL)


@pytest.mark.parametrize(
    "other",
    [
        dividend("Borealis", **(ACME | {"cents": 9, "day": 20, "record": 5, "before": 8, "year": 1971, "shares": 12})),
        dividend("Acme", **(ACME | {"cents": 13, "month": "September", "day": 14, "record": 1, "before": 12})),
        dividend("Borealis", **ACME),
    ],
    ids=["another company", "the next quarter", "another company with the same figures"],
)
def test_a_form_filled_in_with_other_figures_or_names_is_no_copy(other: Article) -> None:
    assert not is_copy(other, dividend("Acme", **ACME))


def test_long_after_only_the_same_words_are_a_copy() -> None:
    assert not is_copy(article("late", *WIRE[:7], day=29), ORIGINAL)
    assert is_copy(article("late", *WIRE, day=29), ORIGINAL)


def test_one_outlets_own_follow_up_is_no_copy() -> None:
    blocks = (*WIRE[:5], *OTHERS)
    assert is_copy(article("b", *blocks, outlet="b.example"), ORIGINAL)
    assert not is_copy(article("b", *blocks, outlet="Wire.example"), ORIGINAL)


def test_one_outlets_form_of_a_few_words_is_a_copy_on_the_same_day_only() -> None:
    text = "There were five grain ships loading in Nether Tessany and three more waiting outside, the port office said."
    one = article("a", text, text.replace("Nether", "Upper"), outlet="wire.example")
    assert is_copy(replace(one, id="b"), one)
    assert not is_copy(article("b", *(block.text for block in one.paragraphs), outlet="wire.example", day=19), one)


def test_short_texts_are_copies_only_if_they_are_the_same_and_not_too_short() -> None:
    short, line = WIRE[0], "Ferry burns off Velmora; at least nine dead"
    assert is_copy(article("a", short), article("b", short))
    assert not is_copy(article("a", short), article("b", short.replace("early ", "")))
    assert not is_copy(article("a", line), article("b", line))


def test_measures_in_other_units_are_the_same_figures_and_others_are_not() -> None:
    miles = [WIRE[0], *WIRE[1:4]]
    kilometres = [WIRE[0], WIRE[1].replace("14 miles", "22.5 km").replace("3:40 a.m.", "3.40am"), *WIRE[2:4]]
    judgement = judge_copy(article("a", *kilometres), [article("b", *miles)], SETTINGS)
    assert judgement is not None
    assert [reason.kind for reason in judgement.reasons] == ["words"]


def test_chinese_texts_are_compared_too() -> None:
    text = (
        "维尔莫拉岛海岸警卫队周四表示，一艘载有二百一十二人的渡轮清晨在岛外海域起火，至少九人遇难，数十人受伤。",
        "两艘渔船和一艘海军拖船在一小时内从水中救起一百八十名乘客，直升机把留在船头的船员接走，发言人在记者会上说。",
        "交通部说，这艘船建于一九八七年，三月刚刚通过检查，但船上的卡车比证件允许的多六辆，调查已经开始。",
    )
    added = "本报记者补充说，周四上午本地码头的渡轮照常运行。"
    assert is_copy(article("b", *text, added), article("a", *text))
    assert not is_copy(article("b", added * 3), article("a", *text))


def test_the_most_alike_candidate_is_chosen_and_the_first_among_equals() -> None:
    whole, twin, part = article("whole", *WIRE), article("twin", *WIRE), article("part", *WIRE[:4], *OTHERS)
    copy = article("copy", *WIRE)
    for candidates, expected in (([part, whole, twin], "article:whole"), ([twin, whole], "article:twin")):
        judgement = judge_copy(copy, candidates, SETTINGS)
        assert judgement is not None
        assert judgement.object == expected
    assert judge_copy(copy, [copy], SETTINGS) is None
    assert judge_copy(copy, [], SETTINGS) is None


def test_signatures_do_not_change() -> None:
    """Bands are kept in stores: if this fails, raise the version of the component."""
    found = signature(ORIGINAL)
    assert found.shingles == 209
    assert len(found.bands) == BINS
    assert make_id(*map(str, found.bands)) == "jy7htzmm5czbiftsnrjtnshe"


@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_text_has_a_signature_and_is_its_own_copy_if_long_enough(texts: list[str]) -> None:
    one, other = article("a", *texts), article("b", *texts)
    found = signature(one)
    assert found == signature(other)
    assert len(found.bands) <= min(BINS, found.shingles)
    assert all(0 <= band < 1 << 32 for band in found.bands)
    assert bool(found.bands) == bool(found.shingles)
    judge_copy(one, [other], SETTINGS)


def test_shingles_are_runs_of_six_words() -> None:
    assert len(shingles(["a", "b", "c", "d", "e", "f", "g"])) == 2
    assert shingles(["a", "b", "c", "d", "e"]) == frozenset()
    assert shingles(["x", "a", "b", "c", "d", "e", "f"]) & shingles(["a", "b", "c", "d", "e", "f", "y"])


def copy_of(one: str, other: str) -> Judgement:
    return Judgement(id=one, subject=f"article:{one}", verdict="copy", object=f"article:{other}", by="copies/1")


def test_groups_follow_a_copy_of_a_copy_to_its_founder() -> None:
    judgements = [copy_of("b", "a"), copy_of("y", "x"), copy_of("c", "b"), copy_of("b", "x")]
    assert copy_groups(judgements) == (("a", "b", "c"), ("x", "y"))
    assert copy_groups([copy_of("b", "a"), copy_of("a", "z")]) == (("z", "a", "b"),)
    belongs = replace(copy_of("b", "a"), verdict="belongs")
    assert copy_groups([belongs]) == ()


def test_the_credited_agencys_own_page_is_the_origin() -> None:
    copies = [
        article("early", *WIRE, day=17, agencies=("Wire Agency",)),
        article("own", *WIRE, day=18, outlet="wire"),
        article("late", *WIRE, day=19, agencies=("Wire Agency", "Other Press")),
    ]
    origin = origin_of(copies, {"wire": "Wire Agency"})
    assert (origin.article, origin.agency) == ("own", "Wire Agency")
    assert origin_of([copies[0], copies[2]], {}).article == "early"
    assert origin_of([copies[0], copies[2]], {}).agency == "Wire Agency"


def test_the_earliest_is_the_origin_and_a_day_does_not_come_before_a_minute_of_it() -> None:
    nine = article("nine", *WIRE)
    day = replace(
        nine, id="day", published=Dating(datetime(2017, 5, 18, tzinfo=UTC), "day", "meta", "18 May 2017", 1.0)
    )
    undated = replace(nine, id="undated", published=None)
    assert origin_of([nine, day], {}).article == "nine"
    assert origin_of([day, nine], {}).article == "day"
    assert origin_of([article("late", *WIRE, day=19), undated, nine], {}).article == "nine"
    assert origin_of([undated], {}).article == "undated"
    with pytest.raises(ValueError, match="at least one"):
        origin_of([], {})


def test_scores_count_pairs_of_one_text_whoever_is_named_as_the_origin() -> None:
    gold = [("a", "b"), ("a", "c")]
    assert score_copies(gold, [("b", "c"), ("c", "a")])["recall"] == 1
    figures = score_copies(gold, [("a", "b"), ("b", "x")])
    assert (figures["precision"], figures["recall"]) == (0.3333, 0.3333)
    assert score_copies(gold, [*gold, ("x", "y")], [frozenset("xy")])["precision"] == 1
