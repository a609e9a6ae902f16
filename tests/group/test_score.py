"""The score of a pair: what each feature sees, and that what it gave adds up."""

from dataclasses import dataclass
from math import log

import pytest
from msgspec.structs import replace

from diurna.group.neighbourhood import Neighbourhood
from diurna.group.score import FEATURES
from diurna.group.terms import key_of, stem
from diurna.group.traits import Leading, Traits
from diurna.group.weights import WEIGHTS
from tests.group.made_traits import record

SAID = "bomb market police dead wounded morning crowd square ambulance witness"


def leading(*names: str) -> Leading:
    return tuple((key_of(stem(name)), 1 / len(names)) for name in names)


@dataclass(frozen=True)
class Pair:
    one: Traits
    other: Traits

    def scored(self) -> tuple[float, dict[str, tuple[float, float]]]:
        near = Neighbourhood(100)
        slot, _ = near.add(self.other, lambda _: True)
        sure, features = near.explain(self.one, slot)
        return sure, {feature.name: (feature.value, feature.gave) for feature in features}


def told(ref: str, extra: str = "", *, people: str = "", places: str = "", language: str = "en") -> Traits:
    made = record(f"article:{ref}", f"{SAID} {people} {places} {extra}".casefold(), 1)
    names = leading(*people.casefold().split()), leading(*places.casefold().split())
    return replace(made, people=names[0], places=names[1], language=language)


@pytest.mark.parametrize("kind", ["people", "places"])
def test_those_that_both_open_with_speak_for_one_event_and_others_against(kind: str) -> None:
    alike = Pair(told("1", **{kind: "Alder"}), told("2", **{kind: "Alder"})).scored()
    silent = Pair(told("1", "alder"), told("2", **{kind: "Alder"})).scored()
    others = Pair(told("1", **{kind: "Alder"}), told("2", **{kind: "Birch"})).scored()
    assert alike[1][kind] == pytest.approx((1.0, WEIGHTS[kind]), abs=0.001)
    assert kind not in silent[1]
    assert others[1][kind] == pytest.approx((-1.0, -WEIGHTS[kind]), abs=0.001)
    assert alike[0] > others[0]


def test_one_that_names_more_of_them_is_no_other() -> None:
    named = Pair(told("1", people="Alder"), told("2", people="Alder Birch Cedar")).scored()[1]
    assert named["people"][0] == pytest.approx(1.0)


def test_who_stands_in_the_body_of_the_other_is_there() -> None:
    named = Pair(told("1", people="Alder"), told("2", "alder", people="Birch")).scored()[1]
    assert named["people"][0] == pytest.approx(1.0)


def test_places_are_not_compared_across_languages_but_people_are() -> None:
    pair = Pair(told("1", people="Alder", places="Cologne"), told("2", people="Birch", places="Köln", language="de"))
    features = pair.scored()[1]
    assert features["people"][0] == -1.0
    assert "places" not in features


def test_what_features_gave_adds_up_to_the_odds() -> None:
    sure, features = Pair(told("1", people="Alder"), told("2", people="Birch", places="Tarn")).scored()
    assert sum(gave for _, gave in features.values()) == pytest.approx(log(sure / (1 - sure)), abs=0.01)
    assert set(features) <= {*FEATURES, "crowding", "bias"}
