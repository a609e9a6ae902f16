"""Which entity a reference stands for after people's decisions."""

from hypothesis import given
from hypothesis import strategies as st

from diurna.enrich.entities.merging import Merges, apart_ref, merges_of
from diurna.model import Judgement, make_id


def decided(subject: str, verdict: str, thing: str, value: str = "", by: str = "person:ann") -> Judgement:
    identifier = make_id("judgement", subject, verdict, thing, value, by)
    return Judgement(id=identifier, subject=subject, verdict=verdict, object=thing, by=by, value=value)


def taken_back(judgement: Judgement) -> Judgement:
    return decided(f"judgement:{judgement.id}", "retracted", f"judgement:{judgement.id}")


A, B, C = "entity:a", "entity:b", "entity:c"


def test_merges_are_followed_to_their_end() -> None:
    merges = merges_of([decided(A, "same", B), decided(B, "same", C)])
    assert merges.stands_for(A) == C
    assert merges.stand_ins([A, B, C]) == {A: C, B: C}


def test_the_last_decision_counts_and_can_be_taken_back() -> None:
    first, second = decided(A, "same", B), decided(A, "same", C)
    assert merges_of([first, second]).stands_for(A) == C
    assert merges_of([first, second, taken_back(second)]).stands_for(A) == B
    assert merges_of([first, second, taken_back(second), taken_back(first)]).stands_for(A) == A


def test_a_circle_ends_at_its_least_reference_from_everywhere() -> None:
    merges = merges_of([decided(A, "same", B), decided(B, "same", C), decided(C, "same", A)])
    assert {merges.stands_for(ref) for ref in (A, B, C)} == {A}


def test_words_are_parted_whatever_their_spelling() -> None:
    merges = merges_of([decided(A, "apart", B, "Kim Jong-nam")])
    assert merges.stands_for(A, "KIM JONG NAM") == B
    assert merges.stands_for(A, "Kim Jong-un") == A
    assert merges.stands_for(A) == A


def test_words_parted_without_another_entity_get_one_of_their_own() -> None:
    merges = merges_of([decided(A, "apart", A, "Georgia")])
    assert merges.stands_for(A, "Georgia") == apart_ref(A, "GEORGIA")
    assert merges.stands_for(A, "Georgia") != A


def test_parted_words_follow_merges_but_never_come_back() -> None:
    apart = decided(A, "apart", B, "Kim")
    assert merges_of([apart, decided(B, "same", C)]).stands_for(A, "Kim") == C
    assert merges_of([apart, decided(B, "same", A)]).stands_for(A, "Kim") == B
    assert merges_of([apart, decided(B, "same", A)]).stands_for(B) == A


def test_only_people_decide() -> None:
    assert merges_of([decided(A, "same", B, by="enrich/1")]).stands_for(A) == A


def test_any_store_of_judgements_will_do() -> None:
    judged = {A: [decided(A, "same", B)]}
    assert Merges(lambda ref: judged.get(ref, [])).stands_for(A) == B


DECISIONS = st.lists(
    st.builds(
        decided,
        st.sampled_from([A, B, C, "entity:d"]),
        st.sampled_from(["same", "apart"]),
        st.sampled_from([A, B, C, "entity:d"]),
        st.sampled_from(["", "Kim", "Moon"]),
    ),
    max_size=12,
)


@given(DECISIONS, st.sampled_from(["", "Kim", "Moon"]))
def test_every_reference_stands_for_one_end(judgements: list[Judgement], words: str) -> None:
    merges = merges_of(judgements)
    for ref in (A, B, C, "entity:d"):
        assert merges.stands_for(ref, words) == merges_of(list(judgements)).stands_for(ref, words)
        end = merges.stands_for(ref)
        assert merges.stands_for(end) == end
