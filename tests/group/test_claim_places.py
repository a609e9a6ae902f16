"""Of which event each claim of an article speaks: by day, by town, by the sentence before, or of none."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from diurna.enrich.times.tagger import find_times
from diurna.group.claim_places import ClaimPlace, Scene, place_claims
from diurna.model import Annotation, Article, Candidate, Claim, Dating, Mention, Paragraph, Span, When, Where

PUBLISHED = datetime(2017, 5, 22, tzinfo=UTC)  # a Monday
SUNDAY, WEEK_BEFORE = date(2017, 5, 21), date(2017, 5, 14)
TOWNS = {"Pukchang": "geonames:1", "Kusong": "geonames:2"}
LATEST = Scene("latest", When(SUNDAY, SUNDAY, "day", "act"), Where("geonames:1", "Pukchang", "city", "said"))
EARLIER = Scene("earlier", When(WEEK_BEFORE, WEEK_BEFORE, "day", "act"), Where("geonames:2", "Kusong", "city", "said"))


def article_of(text: str) -> Article:
    paragraphs = tuple(Paragraph(block) for block in text.split("\n\n"))
    published = Dating(PUBLISHED, "day", "text", "", 1.0)
    return Article(id="a", capture="c", component="made/1", title="", paragraphs=paragraphs, published=published)


def annotated(text: str, figures: list[str]) -> Annotation:
    """What is read of a text: its times, its towns, and a claim for each of some figures."""
    times = [
        Mention(
            id=f"t{at}",
            of="article:a",
            span=found.span,
            text=text[found.span.start : found.span.end],
            kind="time",
            timex=found.timex,
            interval=found.interval,
        )
        for at, found in enumerate(find_times(text, PUBLISHED))
    ]
    towns = [
        Mention(
            id=name,
            of="article:a",
            span=Span(at, at + len(name)),
            text=name,
            kind="place",
            candidates=(Candidate(ref, 0.9, "listed"),),
        )
        for name, ref in TOWNS.items()
        for at in [text.find(name)]
        if at >= 0
    ]
    claims = []
    for figure in figures:
        at = text.index(figure)
        start = max(text.rfind(". ", 0, at) + 2, text.rfind("\n", 0, at) + 1) if at else 0
        start = 0 if start == 1 else start
        sentence = Span(start, at + len(figure))
        claims.append(
            Claim(id=figure, of="article:a", kind="figure", sentence=sentence, measured=Span(at, at + len(figure)))
        )
    mentions = tuple(sorted([*times, *towns], key=lambda mention: mention.span))
    return Annotation(
        id="n", of="article:a", component="made/1", language="en", mentions=mentions, claims=tuple(claims)
    )


def places(text: str, figures: list[str], *scenes: Scene) -> list[tuple[str, str]]:
    found = place_claims(article_of(text), annotated(text, figures), scenes or (LATEST, EARLIER))
    return [(found[figure].event, found[figure].rule) for figure in figures]


REPORT = (
    "North Korea fired a missile from the west of the country on Sunday, which flew 500 km. It rose to 560 km.\n\n"
    "On May 14 another missile flew 787 km. It came down after 30 minutes.\n\n"
    "The last one was aloft for 12 minutes. Two tests of 2016 had reached 400 km."
)


def test_figures_stand_under_the_test_that_they_are_of() -> None:
    assert places(REPORT, ["500 km", "560 km", "787 km", "30 minutes", "12 minutes", "400 km"]) == [
        ("latest", "day"),
        ("latest", "before"),
        ("earlier", "day"),
        ("earlier", "before"),
        ("latest", "article"),
        ("", "other time"),
    ]


def test_what_came_of_an_event_is_told_of_later_days() -> None:
    text = (
        "On Monday the toll rose to 500 km. Another missile flew 787 km on Monday. The next will fly 60 km on June 2."
    )
    assert places(text, ["500 km", "787 km", "60 km"], EARLIER) == [
        ("earlier", "aftermath"),
        ("", "other time"),
        ("earlier", "aftermath"),
    ]


def test_what_no_known_event_has_the_day_of_is_left_unplaced() -> None:
    assert places(REPORT, ["500 km", "787 km", "30 minutes", "12 minutes"], LATEST) == [
        ("latest", "day"),
        ("", "other time"),
        ("", "before"),
        ("latest", "article"),
    ]


def test_day_on_which_somebody_spoke_places_nothing() -> None:
    text = "The missile flew 500 km, the military said on Monday. It came from Pukchang."
    assert places(text, ["500 km"]) == [("latest", "article")]


def test_time_of_a_clause_places_what_stands_in_it() -> None:
    text = "The missile flew 500 km, a week after one that had flown 787 km on May 14."
    assert places(text, ["500 km", "787 km"]) == [("latest", "article"), ("earlier", "day")]


def test_time_of_what_something_is_likened_to_does_not_place_it() -> None:
    text = "The missile of 500 km in range appears to be the one that was launched on May 14."
    assert places(text, ["500 km"]) == [("latest", "article")]


def test_day_of_a_list_tells_two_events_of_one_day_apart() -> None:
    approval = Scene("approval", When(SUNDAY, SUNDAY, "day", "act", (), None, date(2017, 5, 22)))
    flight = Scene("flight", When(SUNDAY, SUNDAY, "day", "act", (), None, SUNDAY))
    text = "North Korea fired a missile from the west of the country on Sunday that flew 500 km."
    assert places(text, ["500 km"], approval, flight) == [("flight", "day")]
    assert places(text, ["500 km"], approval) == [("approval", "day")]


def test_town_places_where_no_day_does() -> None:
    text = "The missile fired near Kusong had flown 787 km. The one from Pukchang flew 500 km."
    assert places(text, ["787 km", "500 km"]) == [("earlier", "town"), ("earlier", "before")]
    text = "The missile fired near Kusong had flown 787 km.\n\nThe one from Pukchang flew 500 km."
    assert places(text, ["787 km", "500 km"]) == [("earlier", "town"), ("latest", "article")]


def test_sentence_that_is_known_to_tell_of_an_event_places_what_it_says() -> None:
    text = "The missile flew 500 km.\n\nAn earlier one had flown 787 km."
    scene = Scene("earlier", None, None, Span(text.index("An earlier"), len(text)))
    assert places(text, ["500 km", "787 km"], LATEST, scene) == [("latest", "article"), ("earlier", "sentence")]


def test_day_beside_the_events_own_is_its_own_where_no_other_has_it() -> None:
    monday = Scene("approval", When(date(2017, 5, 22), date(2017, 5, 22), "day", "act"))
    text = "North Korea fired a missile on Sunday that flew 500 km."
    assert places(text, ["500 km"], monday) == [("approval", "day")]
    assert places(text, ["500 km"], monday, LATEST) == [("latest", "day")]


def test_article_in_no_event_places_nothing() -> None:
    assert place_claims(article_of(REPORT), annotated(REPORT, ["500 km"]), ()) == {}


@given(st.text(max_size=300), st.lists(st.integers(0, 299), max_size=6))
def test_every_claim_has_a_place_and_no_text_breaks_it(text: str, starts: list[int]) -> None:
    whole = article_of(text).text
    claims = tuple(
        Claim(id=str(number), of="article:a", kind="figure", sentence=Span(min(at, len(whole)), len(whole)))
        for number, at in enumerate(starts)
    )
    read = annotated(whole, [])
    annotation = Annotation(
        id="n", of="article:a", component="made/1", language="en", mentions=read.mentions, claims=claims
    )
    found = place_claims(article_of(text), annotation, (LATEST, EARLIER))
    assert found.keys() == {claim.id for claim in claims}
    assert all(isinstance(place, ClaimPlace) for place in found.values())


def test_figure_of_a_thing_that_was_spoken_of_goes_with_it_across_paragraphs() -> None:
    text = (
        "The order was given on Monday.\n\nThe Sunday launch was meant to test the missile.\n\n"
        "Officials said that the missile flew 310 miles.\n\nA missile can fly 900 miles.\n\n"
        "On May 14 the missile flew 430 miles.\n\nThe order says that the missile costs 20 million."
    )
    order = Scene("order", When(date(2017, 5, 22), date(2017, 5, 22), "day", "list", listed=date(2017, 5, 22)))
    launch = Scene("launch", When(SUNDAY, SUNDAY, "day", "list", listed=SUNDAY))
    figures = ["310 miles", "900 miles", "430 miles"]
    read = annotated(text, figures)
    claims = []
    for claim in read.claims:
        at = text.rindex("missile", 0, claim.measured.start if claim.measured else 0)
        claims.append(replace(claim, subject=(Span(at, at + len("missile")),)))
    found = place_claims(article_of(text), replace(read, claims=tuple(claims)), [order, launch])
    assert [(found[figure].event, found[figure].rule) for figure in figures] == [
        ("launch", "thing"),
        ("order", "article"),
        ("", "other time"),
    ]
