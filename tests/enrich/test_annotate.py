"""What was understood of an article: its mentions and claims in order, with ids, voices, entities and figures."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from diurna.enrich.annotate import Annotator
from diurna.enrich.settings import EnrichSettings
from diurna.enrich.task import COMPONENT, Like, Task
from diurna.model import Annotation, Article, Claim, Dating, Mention, Paragraph, Span

OUTLET = "The Harbour Post"
PUBLISHED = Dating(datetime(2017, 5, 22, 12, tzinfo=UTC), "second", "meta", "2017-05-22T12:00:00Z", 1.0)
LAUNCH = "North Korea fired a missile on Monday, Yonhap reported, citing South Korea's military."
QUOTE = "“The missile flew about 500 km (310 miles),” President Moon Jae-in told reporters in Seoul. He went home."
AGAIN = "Moon said that three people had been injured."
COLD = "The weather stayed cold along the coast, and the ferries were late for most of the day."


def article(*texts: str, name: str = "a", language: str = "en") -> Article:
    return Article(
        id=name,
        capture="c",
        component="page/2",
        paragraphs=tuple(map(Paragraph, texts)),
        published=PUBLISHED,
        language=language,
    )


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(EnrichSettings())


def understood(annotator: Annotator, *texts: str, outlet: str = OUTLET) -> Annotation:
    return annotator.annotate(Task(article=article(*texts), outlet=outlet)).annotation


@pytest.fixture(scope="module")
def launch(annotator: Annotator) -> Annotation:
    return understood(annotator, LAUNCH, QUOTE, AGAIN)


TEXT = "\n\n".join((LAUNCH, QUOTE, AGAIN))


def words(span: Span | None, text: str = TEXT) -> str:
    return text[span.start : span.end] if span is not None else ""


def mention(annotation: Annotation, text: str, kind: str = "") -> Mention:
    (found,) = (one for one in annotation.mentions if one.text == text and kind in ("", one.kind))
    return found


def statement(annotation: Annotation, cue: str, text: str = TEXT) -> Claim:
    (found,) = (
        one for one in annotation.claims if [words(span, text) for span in one.cue] == [cue] and not one.measured
    )
    return found


def figures(annotation: Annotation, attribute: str) -> list[Claim]:
    return [one for one in annotation.claims if one.kind == "figure" and one.attribute == attribute]


def ref(one: Mention) -> str:
    assert one.sure
    return one.candidates[0].ref


def test_mentions_are_in_the_order_of_the_text_with_their_normal_forms(launch: Annotation) -> None:
    spans = [one.span for one in launch.mentions]
    assert spans == sorted(spans)
    assert [one.text for one in launch.mentions] == [words(span) for span in spans]
    monday = mention(launch, "Monday")
    assert (monday.kind, monday.timex and monday.timex.value) == ("time", "2017-05-22")
    flown = mention(launch, "about 500 km").quantity
    assert flown is not None
    assert (flown.value, flown.unit, flown.modifier, flown.digits) == (500.0, "kilometre", "about", 1)
    assert ref(mention(launch, "Moon")) == ref(mention(launch, "Moon Jae-in"))
    assert {one.of for one in launch.mentions} | {one.of for one in launch.claims} == {"article:a"}
    assert launch.component == COMPONENT


def test_every_entity_thought_of_is_named_once(launch: Annotation) -> None:
    refs = [known.ref for known in launch.namings]
    assert refs == sorted(set(refs))
    assert {one.ref for found in launch.mentions for one in found.candidates} == set(refs)
    assert {known.ref: known.name for known in launch.namings}[ref(mention(launch, "North Korea"))] == "North Korea"


def test_claims_are_by_sentence_and_statements_stand_before_their_figures(launch: Annotation) -> None:
    sentences = [one.sentence for one in launch.claims]
    assert sentences == sorted(sentences)
    for one, following in zip(launch.claims, launch.claims[1:], strict=False):
        if one.sentence == following.sentence:
            assert (one.kind, following.kind) != ("figure", "statement")
    assert all(words(span) == words(span).strip() for span in sentences)


def test_a_figure_is_said_by_who_says_the_statement_that_it_stands_in(launch: Annotation) -> None:
    told = statement(launch, "told")
    assert told.mode == "direct"
    flown = figures(launch, "distance flown")
    assert [words(one.measured) for one in flown] == ["about 500 km", "310 miles"]
    for one in flown:
        assert (one.within, one.chain, one.source) == (told.id, told.chain, told.source)
    (injured,) = figures(launch, "injured")
    assert injured.within == statement(launch, "said").id


def test_voices_lead_from_the_outlet_to_the_origin_and_name_entities(launch: Annotation) -> None:
    reported = statement(launch, "reported")
    assert [(voice.words, voice.kind) for voice in reported.chain[:2]] == [
        (OUTLET, "outlet"),
        ("Yonhap", "organisation"),
    ]
    assert reported.chain[-1].words == "South Korea's military"
    told = statement(launch, "told")
    assert told.chain[-1].words == "President Moon Jae-in"
    assert told.chain[-1].ref == ref(mention(launch, "Moon Jae-in"))
    assert statement(launch, "said").chain[-1].ref == told.chain[-1].ref


def test_without_an_outlet_the_first_voice_is_the_source(annotator: Annotator) -> None:
    chain = statement(understood(annotator, LAUNCH, QUOTE, AGAIN, outlet=""), "told").chain
    assert [voice.kind for voice in chain] == ["person"]


def test_a_figure_that_nobody_else_gives_is_the_outlets(annotator: Annotator) -> None:
    text = "Three miners were killed in Ghana."
    for outlet, voices in ((OUTLET, [(OUTLET, "outlet")]), ("", [])):
        (killed,) = figures(understood(annotator, text, outlet=outlet), "killed")
        assert [(voice.words, voice.kind) for voice in killed.chain] == voices
        assert (killed.within, killed.force) == ("", "states")


def test_ids_follow_from_the_article_and_the_place(annotator: Annotator, launch: Annotation) -> None:
    assert understood(annotator, LAUNCH, QUOTE, AGAIN) == launch
    ids = [one.id for one in launch.mentions] + [one.id for one in launch.claims]
    assert len(set(ids)) == len(ids)
    longer = understood(annotator, LAUNCH, QUOTE, AGAIN, COLD)
    assert {one.id for one in launch.mentions} <= {one.id for one in longer.mentions}
    assert {one.id for one in launch.claims} <= {one.id for one in longer.claims}
    other = annotator.annotate(Task(article=article(LAUNCH, QUOTE, AGAIN, name="b"), outlet=OUTLET)).annotation
    assert other.id != launch.id
    assert {one.id for one in launch.mentions}.isdisjoint(one.id for one in other.mentions)


@pytest.mark.parametrize(("day", "value"), [(None, "2017-05-22"), (date(2017, 5, 23), "2017-05-23")])
def test_days_are_held_against_the_publishers_calendar(annotator: Annotator, day: date | None, value: str) -> None:
    late = replace(PUBLISHED, time=datetime(2017, 5, 22, 16, tzinfo=UTC), day=day)
    task = Task(article=replace(article("Officials met in Seoul today."), published=late))
    timex = mention(annotator.annotate(task).annotation, "today").timex
    assert timex is not None
    assert timex.value == value


def test_without_a_date_days_stay_open(annotator: Annotator) -> None:
    task = Task(article=replace(article("Officials met in Seoul on Monday."), published=None))
    monday = mention(annotator.annotate(task).annotation, "Monday")
    assert monday.interval is None


def like(annotation: Annotation, of: Article) -> Like:
    return Like(of, annotation)


def test_of_a_copy_only_the_rest_is_read(
    annotator: Annotator, launch: Annotation, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    pipelines = annotator._pipelines
    whole = pipelines.read

    def noted(text: str, *rest: Any) -> Any:
        read.append(text)
        return whole(text, *rest)

    monkeypatch.setattr(pipelines, "read", noted)
    first = article(LAUNCH, QUOTE, AGAIN)
    copy = article(COLD, LAUNCH, QUOTE, AGAIN, name="b")
    found = annotator.annotate(Task(article=copy, outlet="The Island Mail", like=like(launch, first))).annotation
    assert read == [COLD]
    assert found.like == launch.id
    by = len(COLD) + 2
    assert [replace(one, id="", of="") for one in found.mentions if one.span.start >= by] == [
        replace(one, id="", of="", span=Span(one.span.start + by, one.span.end + by)) for one in launch.mentions
    ]
    assert all(one.text == copy.text[one.span.start : one.span.end] for one in found.mentions)
    assert {one.of for one in found.mentions} | {one.of for one in found.claims} == {"article:b"}
    told = statement(found, "told", copy.text)
    assert [one.within for one in figures(found, "distance flown")] == [told.id, told.id]


def test_the_rest_of_a_copy_knows_who_was_introduced_before(annotator: Annotator, launch: Annotation) -> None:
    longer = article(LAUNCH, QUOTE, AGAIN, "Moon denied that the test had failed.")
    found = annotator.annotate(Task(article=longer, outlet=OUTLET, like=like(launch, article(LAUNCH, QUOTE, AGAIN))))
    moons = [one for one in found.annotation.mentions if one.text == "Moon"]
    assert len(moons) == 2
    assert {ref(one) for one in moons} == {ref(mention(launch, "Moon Jae-in"))}
    denied = statement(found.annotation, "denied", longer.text)
    assert (denied.force, denied.chain[-1].ref) == ("denies", ref(moons[0]))
    refs = [known.ref for known in found.annotation.namings]
    assert {one.ref for one_of in found.annotation.mentions for one in one_of.candidates} == set(refs)


def test_a_text_with_little_in_common_is_read_as_a_whole(annotator: Annotator, launch: Annotation) -> None:
    other = article(COLD, COLD + " " + COLD, AGAIN, name="b")
    alone = annotator.annotate(Task(article=other, outlet=OUTLET)).annotation
    found = annotator.annotate(Task(article=other, outlet=OUTLET, like=like(launch, article(LAUNCH, QUOTE, AGAIN))))
    assert found.annotation == alone
    assert alone.like == ""


def test_a_name_in_two_pieces_of_a_long_text_is_one_entity(
    annotator: Annotator, launch: Annotation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diurna.enrich.annotate._PIECE", 120)
    found = understood(annotator, LAUNCH, QUOTE, AGAIN)
    assert [replace(one, candidates=(), sure=False) for one in found.mentions] == [
        replace(one, candidates=(), sure=False) for one in launch.mentions
    ]
    assert ref(mention(found, "Moon")) == ref(mention(launch, "Moon Jae-in"))
    assert [one.id for one in found.claims] == [one.id for one in launch.claims]
    assert statement(found, "said").chain == statement(launch, "said").chain


def test_in_another_language_only_what_does_not_depend_on_it(annotator: Annotator) -> None:
    text = "Präsident Moon Jae-in sprach am 2017-05-22 in Seoul von 40 % und 86 Personen."
    found = annotator.annotate(Task(article=article(text, language="de"), outlet=OUTLET)).annotation
    assert found.language == "de"
    assert found.claims == ()
    assert {one.text for one in found.mentions} == {"2017-05-22", "Seoul", "40 %", "Moon Jae-in"}
    assert ref(mention(found, "Seoul")) == ref(mention(understood(annotator, "Officials met in Seoul."), "Seoul"))


@pytest.mark.parametrize("language", ["", "en", "EN", "en-GB"])
def test_english_by_its_code_or_by_default(annotator: Annotator, launch: Annotation, language: str) -> None:
    task = Task(article=article(LAUNCH, QUOTE, AGAIN, language=language), outlet=OUTLET)
    assert annotator.annotate(task).annotation.claims == launch.claims
