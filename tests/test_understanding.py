"""What is understood of articles as they come: once for each text, in order, and as people decided."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diurna.cli.check import check_chronicle
from diurna.enrich.annotate import Annotator
from diurna.enrich.pipelines import Pipelines
from diurna.enrich.task import Annotated, Task
from diurna.errors import ConfigurationError
from diurna.ingest import Arrival
from diurna.model import Annotation, Judgement, Mention, Naming, entity_id, make_id
from diurna.runners import Chronicle
from tests.made_articles import check_same, everything, lines_of, reports
from tests.made_lists import OBSERVED, saved

LAUNCH = (
    "SEOUL, May 22 (Yonhap) -- North Korea fired a missile on Sunday that flew 500 km, South Korea's military said.",
    "“This type of missile should be mass-produced,” Kim Jong-un was quoted as saying by the Korean Central News "
    "Agency (KCNA).",
    "President Moon Jae-in met his security council within an hour. Moon said the launch was a grave challenge.",
)
MORE = "Japan's government protested on Monday, Chief Cabinet Secretary Yoshihide Suga told reporters."
VELMORA = ("Twelve people were killed in a fire on a ferry in the harbour of Velmora, the hospital said on Tuesday.",)


def article(number: int, *paragraphs: str, host: str = "coast.example") -> dict[str, object]:
    return {
        "title": f"Report {number} of {host}",
        "url": f"https://{host}/{number}",
        "paragraphs": list(paragraphs),
        "published": "2017-05-22T06:00:00Z",
        "language": "en",
    }


def lines(*articles: dict[str, object]) -> Arrival:
    return lines_of(f"{make_id(repr(articles))}.jsonl", *articles)


@pytest.fixture
def chronicle(tmp_path: Path) -> Iterator[Chronicle]:
    Chronicle.create(tmp_path / "chronicle", "[run]\nworkers = 1\n")
    with Chronicle(tmp_path / "chronicle", clock=lambda: OBSERVED) as made:
        yield made


def annotations(chronicle: Chronicle) -> list[Annotation]:
    """Current annotations of what reports show, in the order of the reports."""
    found = [chronicle.pipeline.understanding.of(report.current) for report in reports(chronicle)]
    return [annotation for annotation in found if annotation is not None]


def named(annotation: Annotation, words: str) -> list[Mention]:
    return [mention for mention in annotation.mentions if mention.text == words]


def decided(number: int, subject: str, verdict: str, thing: str, value: str = "") -> Judgement:
    return Judgement(
        id=make_id("judgement", str(number)),
        subject=subject,
        verdict=verdict,
        object=thing,
        value=value,
        by="person:Ida",
        made=datetime(2017, 6, 2, 12, number, tzinfo=UTC),
    )


def check_rebuild(chronicle: Chronicle) -> None:
    views, facts = everything(chronicle), list(chronicle.store.facts.scan())
    chronicle.rebuild()
    check_same(views, everything(chronicle))
    assert list(chronicle.store.facts.scan()) == facts


def test_names_times_figures_and_statements_stand_in_the_text(chronicle: Chronicle) -> None:
    chronicle.add([lines(article(1, *LAUNCH))])
    assert chronicle.understand().understood == 1
    (annotation,) = annotations(chronicle)
    text = "\n\n".join(LAUNCH)
    for mention in annotation.mentions:
        assert text[mention.span.start : mention.span.end] == mention.text
    (moon,) = named(annotation, "Moon")
    assert moon.sure
    assert moon.candidates[0].ref == named(annotation, "Moon Jae-in")[0].candidates[0].ref
    (sunday,) = named(annotation, "Sunday")
    assert sunday.timex is not None
    assert sunday.timex.value == "2017-05-21"
    assert any(
        m.quantity is not None and (m.quantity.value, m.quantity.unit) == (500, "kilometre")
        for m in annotation.mentions
    )
    quoted = next(claim for claim in annotation.claims if claim.mode == "direct")
    assert [text[span.start : span.end] for span in quoted.content] == [
        "“This type of missile should be mass-produced,”"
    ]
    assert quoted.chain[0].words == "coast.example"
    assert "Kim Jong-un" in quoted.chain[-1].words
    assert quoted.chain[-1].ref == f"entity:{entity_id('Kim Jong-un')}"
    check_rebuild(chronicle)


def test_a_name_in_an_article_and_a_link_of_a_list_are_one_entity(chronicle: Chronicle) -> None:
    chronicle.add([saved("list.wiki", "[[Velmora Harbour Hospital|The hospital]] of [[Velmora]] counts twelve dead.")])
    chronicle.add([lines(article(1, "Velmora Harbour Hospital said on Monday that twelve people had died there."))])
    chronicle.understand()
    entity = entity_id("Velmora Harbour Hospital")
    assert [report.title for report in chronicle.store.views.reports_naming(entity)] == ["Report 1 of coast.example"]
    check_rebuild(chronicle)


def test_a_copy_takes_over_what_was_understood_and_only_the_rest_is_read(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    whole = Pipelines.read

    def counting(self: Pipelines, text: str, *rest: object) -> object:
        read.append(text)
        return whole(self, text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Pipelines, "read", counting)
    chronicle.add([lines(article(1, *LAUNCH, host="wire.example"))])
    chronicle.add([lines(article(2, LAUNCH[0], MORE, *LAUNCH[1:]))])
    chronicle.understand()
    first, second = annotations(chronicle)
    assert read == ["\n\n".join(LAUNCH), MORE]
    assert second.like == first.id
    text = "\n\n".join((LAUNCH[0], MORE, *LAUNCH[1:]))
    assert {mention.text for mention in second.mentions} >= {mention.text for mention in first.mentions} | {"Japan"}
    for mention in second.mentions:
        assert text[mention.span.start : mention.span.end] == mention.text
    assert len(second.claims) >= len(first.claims)
    assert all(claim.of == second.of for claim in second.claims)
    assert not {claim.id for claim in first.claims} & {claim.id for claim in second.claims}
    within = [claim for claim in second.claims if claim.within]
    assert within, "the figure is part of a statement"
    assert {claim.within for claim in within} <= {claim.id for claim in second.claims}
    check_rebuild(chronicle)


@pytest.mark.slow
def test_processes_and_the_order_of_additions_change_nothing(tmp_path: Path) -> None:
    given = [
        article(number, *(LAUNCH if number % 3 else VELMORA), f"It was report {number * 7} of the day.")
        for number in range(20)
    ]
    found = []
    for workers, pieces in ((1, [given]), (2, [given]), (1, [given[:7], given[7:8], given[8:]])):
        folder = tmp_path / f"w{workers}p{len(pieces)}"
        Chronicle.create(folder, f"[run]\nworkers = {workers}\n")
        with Chronicle(folder, clock=lambda: OBSERVED) as made:
            for piece in pieces:
                made.add([lines(*[one]) for one in piece])
                made.understand()
            found.append([annotation.id for annotation in annotations(made)])
    assert len(found[0]) == 20
    assert found[1] == found[0]
    assert found[2] == found[0]


def test_what_was_kept_before_a_kill_stays_and_the_rest_still_waits(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronicle.add([lines(article(number, *VELMORA, f"Number {number}.")) for number in range(3)])
    whole = Annotator.annotate
    done: list[str] = []

    def killed(self: Annotator, task: Task) -> Annotated:
        if done:
            raise KeyboardInterrupt
        done.append(task.article.id)
        return whole(self, task)

    monkeypatch.setattr("diurna.runners._BATCH_SECONDS", 0.0001)
    monkeypatch.setattr(Annotator, "annotate", killed)
    with pytest.raises(KeyboardInterrupt):
        chronicle.understand()
    monkeypatch.setattr(Annotator, "annotate", whole)
    kept = [unread.article.id for unread in chronicle.store.views.unread(0, 10)]
    assert done[0] not in kept
    assert len(kept) == 2
    assert chronicle.understand().understood == 2
    assert len(annotations(chronicle)) == 3
    check_rebuild(chronicle)


def test_a_fault_in_one_article_is_told_and_the_others_go_on(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Annotator.annotate

    def failing(self: Annotator, task: Task) -> Annotated:
        if task.article.title.startswith("Report 1"):
            raise RuntimeError("no such thing")
        return whole(self, task)

    monkeypatch.setattr(Annotator, "annotate", failing)
    chronicle.add([lines(article(1, *VELMORA)), lines(article(2, *LAUNCH))])
    outcome = chronicle.understand()
    assert [(told.severity, told.received) for told in outcome.problems] == [("error", "RuntimeError: no such thing")]
    empty, full = annotations(chronicle)
    assert not empty.mentions
    assert full.mentions
    assert chronicle.store.views.count_unread() == 0
    monkeypatch.setattr(Annotator, "annotate", whole)
    assert chronicle.understand_again().annotations == 1
    assert annotations(chronicle)[0].mentions
    check_rebuild(chronicle)


def test_a_model_that_is_not_installed_is_a_wrong_configuration_and_loses_nothing(tmp_path: Path) -> None:
    Chronicle.create(tmp_path / "c", '[run]\nworkers = 1\n[enrich]\nmodel = "xx_no_such_model"\n')
    with Chronicle(tmp_path / "c", clock=lambda: OBSERVED) as made:
        made.add([lines(article(1, *VELMORA))])
        with pytest.raises(ConfigurationError, match="xx_no_such_model"):
            made.understand()
        assert made.store.views.count_unread() == 1


def test_reading_again_with_the_same_components_changes_nothing(chronicle: Chronicle) -> None:
    chronicle.add([lines(article(1, *LAUNCH)), lines(article(2, *LAUNCH[:2], host="wire.example"))])
    chronicle.understand()
    before, views = annotations(chronicle), everything(chronicle)
    again = chronicle.understand_again()
    assert (again.understood, again.annotations) == (2, 0)
    assert annotations(chronicle) == before
    check_same(views, everything(chronicle))


def test_people_make_two_entities_one_and_take_it_back(chronicle: Chronicle) -> None:
    texts: Sequence[str] = ("Velmora Harbour Hospital said so.", "The Harbour Clinic of Velmora said so.")
    chronicle.add([saved("l.wiki", "[[Harbour Clinic of Velmora]] and [[Velmora Harbour Hospital]] count the dead.")])
    chronicle.add([lines(article(number, text)) for number, text in enumerate(texts)])
    chronicle.understand()
    views = chronicle.store.views
    clinic, hospital = (entity_id(name) for name in ("Harbour Clinic of Velmora", "Velmora Harbour Hospital"))
    assert (views.count_naming(clinic), views.count_naming(hospital)) == (1, 1)
    before = everything(chronicle)
    chronicle.decide([decided(1, f"entity:{clinic}", "same", f"entity:{hospital}")])
    assert (views.count_naming(clinic), views.count_naming(hospital)) == (0, 2)
    (event,) = chronicle.store.views.events_on(datetime(2017, 5, 21).date())  # noqa: DTZ001  # a day
    assert [tag.name for tag in event.entities] == ["Velmora Harbour Hospital"]
    check_rebuild(chronicle)
    chronicle.decide(
        [decided(2, f"judgement:{make_id('judgement', '1')}", "retracted", f"judgement:{make_id('judgement', '1')}")]
    )
    after = everything(chronicle)
    for table in ("mentioned", "one_with", "event_tag"):
        assert after[table] == before[table]
    check_rebuild(chronicle)


def test_people_part_words_from_an_entity(chronicle: Chronicle) -> None:
    chronicle.add([lines(article(1, *LAUNCH))])
    chronicle.understand()
    moon, kim = (f"entity:{entity_id(name)}" for name in ("Moon Jae-in", "Kim Jong-un"))
    views = chronicle.store.views
    assert views.count_naming(entity_id("Kim Jong-un")) == 1
    chronicle.decide([decided(1, kim, "apart", moon, "Kim Jong-un")])
    assert views.count_naming(entity_id("Kim Jong-un")) == 0
    chronicle.decide([decided(2, kim, "apart", kim, "Kim Jong-un")])
    names = {known.name for report in reports(chronicle) for known in _known(chronicle, report.id)}
    assert "Kim Jong-un" in names
    assert views.count_naming(entity_id("Kim Jong-un")) == 0
    check_rebuild(chronicle)


def _known(chronicle: Chronicle, report: str) -> list[Naming]:
    views = chronicle.store.views
    return [known for entity in views.named_in(report) if (known := views.naming(entity)) is not None]


def test_withdrawing_and_erasing_an_article_takes_its_names_and_claims_away(chronicle: Chronicle) -> None:
    chronicle.add([lines(article(1, *LAUNCH))])
    chronicle.understand()
    (report,) = reports(chronicle)
    (annotation,) = annotations(chronicle)
    views = chronicle.store.views
    this = f"article:{report.id}"
    chronicle.decide([decided(1, this, "withdrawn", this)])
    assert views.named_in(report.id) == []
    chronicle.erase(decided(2, this, "erased", this))
    assert chronicle.store.facts.get(Annotation, annotation.id) is None
    assert all(views.article_of(claim.id) is None for claim in annotation.claims)
    assert views.naming(entity_id("Moon Jae-in")) is None
    check_rebuild(chronicle)


def test_entity_keeps_its_page_when_one_of_those_that_gave_it_is_erased(chronicle: Chronicle) -> None:
    chronicle.add([lines(*(article(number, *LAUNCH) for number in (1, 2, 3)))])
    chronicle.understand()
    views, moon = chronicle.store.views, entity_id("Moon Jae-in")
    assert views.has_entity(moon)
    for number, erased in enumerate(report.id for report in reports(chronicle)):
        chronicle.erase(decided(number, f"article:{erased}", "erased", f"article:{erased}"))
        assert views.has_entity(moon) == (number < 2)
        assert list(check_chronicle(chronicle, lambda *_: None)) == []
        check_rebuild(chronicle)


def test_the_longest_text_is_cut_and_told(tmp_path: Path) -> None:
    Chronicle.create(tmp_path / "c", "[run]\nworkers = 1\n[enrich]\nlongest = 200\n")
    with Chronicle(tmp_path / "c", clock=lambda: OBSERVED) as made:
        made.add([lines(article(1, *LAUNCH))])
        outcome = made.understand()
        assert [told.received for told in outcome.problems] == [f"{len('  '.join(LAUNCH)):,} characters"]
        (annotation,) = annotations(made)
        assert annotation.mentions
        assert max(mention.span.end for mention in annotation.mentions) <= 200


def test_another_language_gets_what_does_not_depend_on_it(chronicle: Chronicle) -> None:
    german = article(1, "Nordkorea hat am 2017-05-21 eine Rakete gestartet, sagte Moon Jae-in. Sie flog 500 km weit.")
    chronicle.add([lines(german | {"language": "de"})])
    chronicle.understand()
    (annotation,) = annotations(chronicle)
    assert named(annotation, "Moon Jae-in")
    assert [m.timex.value for m in annotation.mentions if m.timex is not None] == ["2017-05-21"]
    assert not [claim for claim in annotation.claims if claim.kind == "statement"]
