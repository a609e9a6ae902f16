"""Names of a text: which words are one, of what kind, with a model and without."""

import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from diurna.enrich.found import words_of
from diurna.enrich.names.kinds import kind_of_title
from diurna.enrich.names.tagger import Names, NamesSettings

BLANK = spacy.blank("en")


@pytest.fixture(scope="module")
def alone() -> Language:
    """A pipeline without a model: gazetteer and rules do what they can."""
    nlp = spacy.blank("en")
    nlp.add_pipe("diurna_names")
    return nlp


def marked(text: str, **labels: str) -> Doc:
    """A document in which a model would have found these words (underscores for spaces), wherever they stand."""
    doc = BLANK.make_doc(text)
    spans = []
    for words, label in labels.items():
        shown = words.replace("_", " ")
        at = text.find(shown)
        while at >= 0:
            span = doc.char_span(at, at + len(shown), label=label, alignment_mode="expand")
            assert span is not None
            spans.append(span)
            at = text.find(shown, at + len(shown))
    doc.ents = spacy.util.filter_spans(spans)
    return doc


def names(doc: Doc, **chosen: object) -> dict[str, str]:
    """Kinds by words; of words that stand twice, the last."""
    Names(NamesSettings(**chosen))(doc)  # type: ignore[arg-type]
    text = doc.text
    return {text[name.span.start : name.span.end]: name.kind for name in doc._.diurna_names}


class TestBoundaries:
    def test_article_and_possessive_are_no_part_of_a_name(self) -> None:
        doc = marked("Critics of the Ministry of Health's plan met.", the_Ministry_of_Health="ORG")
        assert names(doc) == {"Ministry of Health": "organisation"}

    @pytest.mark.parametrize(
        "title", ["President", "Mr.", "Gen.", "Dr", "Foreign Minister", "Secretary of State", "King", "Superintendent"]
    )
    def test_title_is_no_part_of_a_name(self, title: str) -> None:
        text = f"The letter was sent by {title} Ronald Hartwell, who lives in Peru."
        assert names(marked(text, Ronald_Hartwell="PERSON")) == {"Ronald Hartwell": "person", "Peru": "place"}

    def test_title_that_the_model_took_in_is_left_out(self) -> None:
        doc = BLANK.make_doc("It was Gen. Ronald Hartwell who called.")
        doc.ents = [Span(doc, 2, 5, label="PERSON")]
        assert names(doc) == {"Ronald Hartwell": "person"}

    def test_a_body_with_a_country_in_its_name_is_one_name(self) -> None:
        doc = marked("Officers of the Ghana Police Service came.", Ghana="GPE")
        assert names(doc) == {"Ghana Police Service": "organisation"}

    def test_name_with_of_is_one_name(self, alone: Language) -> None:
        assert "University of Nairobi" in names(alone("She teaches at the University of Nairobi in Kenya."))

    def test_name_ends_with_its_line(self) -> None:
        text = "A visit to Oslo\nBergen was next."
        doc = BLANK.make_doc(text)
        doc.ents = [Span(doc, 3, 6, label="GPE")]
        assert names(doc) == {"Oslo": "place", "Bergen": "place"}

    def test_particles_belong_to_names(self) -> None:
        doc = BLANK.make_doc("The crown prince, Khalid bin Rashid al-Mansuri, said so.")
        doc.ents = [Span(doc, 4, 10, label="PERSON")]
        assert names(doc) == {"Khalid bin Rashid al-Mansuri": "person"}

    def test_direction_shares_the_country_that_follows(self, alone: Language) -> None:
        doc = alone("Officials from North and South Korea met.")
        found = [(doc.text[name.span.start : name.span.end], name.kind) for name in doc._.diurna_names]
        assert found == [("North", "place"), ("South Korea", "place")]

    def test_the_north_is_the_place_that_the_text_names(self, alone: Language) -> None:
        doc = alone("North Korea fired a missile. It was the North's third. The North said nothing. He walked north.")
        found = [(doc.text[name.span.start : name.span.end], name.kind) for name in doc._.diurna_names]
        assert found == [("North Korea", "place"), ("North", "place"), ("North", "place")]

    def test_names_joined_by_and_the_are_two(self, alone: Language) -> None:
        found = names(alone("Money came from the African Union and the World Bank."))
        assert found == {"African Union": "organisation", "World Bank": "organisation"}


class TestKinds:
    @pytest.mark.parametrize(
        ("text", "name", "kind"),
        [
            ("She flew to Nairobi on Friday.", "Nairobi", "place"),
            ("A Kenyan runner won.", "Kenyan", "group"),
            ("It was told by the United Nations in May.", "United Nations", "organisation"),
            ("They signed the Treaty of Versailles there.", "Treaty of Versailles", "law"),
            ("He fell in the Battle of Zorblax.", "Battle of Zorblax", "event"),
            ("He was a soldier in World War II.", "World War II", "event"),
            ("SEOUL (Reuters) - The talks ended.", "SEOUL", "place"),
            ("SEOUL (Reuters) - The talks ended.", "Reuters", "organisation"),
            ("Pyongyang has said nothing.", "Pyongyang", "place"),
        ],
    )
    def test_listed_names(self, alone: Language, text: str, name: str, kind: str) -> None:
        assert names(alone(text))[name] == kind

    def test_model_is_followed_where_nothing_else_speaks(self) -> None:
        text = "We know Zorblax and its friends well."
        assert names(marked(text)) == {}
        assert names(marked(text, Zorblax="PERSON")) == {"Zorblax": "person"}

    def test_head_word_outvotes_the_model(self) -> None:
        doc = marked("It was built by the Zorblax Corporation in 1987.", Zorblax_Corporation="PERSON")
        assert names(doc) == {"Zorblax Corporation": "organisation"}

    def test_surname_after_the_full_name_is_the_person(self) -> None:
        text = "Adam Quillfeather won the vote. His rivals gave up. On Monday Quillfeather thanked them."
        assert names(marked(text, Adam_Quillfeather="PERSON"))["Quillfeather"] == "person"

    def test_acronym_defined_in_the_text_is_its_body(self) -> None:
        text = "Members of the Zorblax Farmers Union (ZFU) met. Later the ZFU left."
        doc = marked(text, Zorblax_Farmers_Union="ORG")
        names(doc)
        kinds = [name.kind for name in doc._.diurna_names if text[name.span.start : name.span.end] == "ZFU"]
        assert kinds == ["organisation", "organisation"]

    def test_known_names_of_the_chronicle_speak(self) -> None:
        text = "For years Tarvo Lindqast was a quiet place."
        assert names(marked(text)).get("Tarvo Lindqast") != "place"
        doc = marked(text)
        doc.user_data["diurna_known"] = {"Tarvo Lindqast": "place"}
        assert names(doc)["Tarvo Lindqast"] == "place"

    def test_common_words_at_the_start_of_sentences_are_no_names(self, alone: Language) -> None:
        assert names(alone("Yesterday it rained. However, nobody cared. Many were glad. They danced.")) == {}


class TestEntities:
    def test_names_and_the_models_dates_stand_in_ents(self) -> None:
        doc = marked("the Kenyan capital Nairobi shook on Friday", Friday="DATE", Nairobi="ORG")
        names(doc)
        assert [(span.text, span.label_) for span in doc.ents] == [
            ("Kenyan", "NORP"),
            ("Nairobi", "GPE"),
            ("Friday", "DATE"),
        ]

    def test_ents_are_left_alone_on_request(self) -> None:
        doc = marked("Nairobi shook on Friday", Friday="DATE", Nairobi="ORG")
        names(doc, entities=False)
        assert [(span.text, span.label_) for span in doc.ents] == [("Nairobi", "ORG"), ("Friday", "DATE")]

    def test_works_without_the_gazetteer(self) -> None:
        assert names(marked("She flew to Nairobi.", Nairobi="GPE"), gazetteer=False) == {"Nairobi": "place"}


_PIECES = st.sampled_from(
    ["Kim", "Jong", "-", "un", "of", "the", "The", "and", "Bank", "President", "'s", '"', "(", ")", ",", ".", "\n", " ",
     "U.S.", "NATO", "in", "Paris", "al", "’", "é", "İ", "ß", "日本", "😀", "\x00", "2017", "A", "/", "&", "$"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=40), st.sampled_from(["", " "]), st.data())
def test_names_lie_in_order_within_the_text_and_apart(pieces: list[str], joint: str, data: st.DataObject) -> None:
    text = joint.join(pieces)
    doc = BLANK.make_doc(text)
    if len(doc) > 1:
        start = data.draw(st.integers(0, len(doc) - 1))
        end = data.draw(st.integers(start + 1, len(doc)))
        doc.ents = [Span(doc, start, end, label=data.draw(st.sampled_from(["PERSON", "ORG", "NORP", "DATE"])))]
    names(doc)
    last = 0
    for name in doc._.diurna_names:
        assert last <= name.span.start < name.span.end <= len(text)
        assert text[name.span.start : name.span.end].strip() == text[name.span.start : name.span.end]
        assert "\n" not in text[name.span.start : name.span.end]
        last = name.span.end


@pytest.mark.parametrize(
    "text",
    [
        "KIM JONG UN OF THE BANK " * 2000,
        "Kim " * 10000,
        "A - " * 5000,
        "“ " * 10000 + "Kim",
        "Kim ( " * 5000,
        "President " * 10000,
        "of the " * 5000,
        "Kim, Lee and " * 3000,
    ],
    ids=["capitals", "one name", "hyphens", "quotes", "brackets", "titles", "joints", "list"],
)
def test_time_is_bounded(text: str) -> None:
    doc = BLANK.make_doc(text)
    words_of(doc)
    component = Names(NamesSettings())
    began = time.process_time()
    component(doc)
    assert time.process_time() - began < 1 + 0.0006 * len(doc)


def test_short_forms_of_common_words_are_no_names(alone: Language) -> None:
    text = (
        "The state tested an intercontinental ballistic missile (ICBM) after years of work on submarine-launched "
        "ballistic missiles (SLBMs). The International Monetary Fund (IMF) said an ICBM costs more than ten SLBMs."
    )
    found = set(names(alone(text)))
    assert not found & {"ICBM", "SLBMs", "SLBM"}
    assert "IMF" in found


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("North Korea", "place"),
        ("Kim Jong-un", "person"),
        ("Velmora Harbour Hospital", "organisation"),
        ("Velmoran Civil War", "event"),
        ("Intermediate-range ballistic missile", ""),
        ("Grey Heron", ""),
    ],
)
def test_what_a_list_links_to_tells_what_kind_of_name_it_is(title: str, kind: str) -> None:
    assert kind_of_title(title) == kind
