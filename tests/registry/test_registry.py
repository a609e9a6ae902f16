import re
import time
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna import registry
from diurna.registry import KINDS, Publisher, agencies, all_publishers, publisher_named, publisher_of

HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")

# ISO 3166-1 alpha-2: officially assigned codes.
_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(_CODES.split())


def names_of(publisher: Publisher) -> Iterator[str]:
    yield publisher.name
    yield from publisher.aliases


def test_there_are_publishers_of_all_continents() -> None:
    found = {publisher.country for publisher in all_publishers()}
    assert len(all_publishers()) >= 150
    assert {"NG", "ZA", "KE", "EG", "IN", "CN", "JP", "ID", "IR", "DE", "FR", "US", "BR", "MX", "AU", "FJ"} <= found


def test_every_publisher_has_domains_in_their_plain_form_and_a_home_at_one_of_them() -> None:
    for publisher in all_publishers():
        assert publisher.domains, publisher.name
        assert all(HOST.fullmatch(domain) for domain in publisher.domains), publisher.name
        assert not any(domain.startswith("www.") for domain in publisher.domains), publisher.name
        assert publisher_of(urlsplit(publisher.home).hostname or "") == publisher, publisher.name


def test_a_domain_belongs_to_one_publisher() -> None:
    counted = Counter(domain for publisher in all_publishers() for domain in publisher.domains)
    assert [domain for domain, times in counted.items() if times > 1] == []


def test_a_name_or_alias_names_one_publisher() -> None:
    counted = Counter(registry._name_key(name) for publisher in all_publishers() for name in names_of(publisher))
    assert [name for name, times in counted.items() if times > 1] == []


def test_countries_languages_and_kinds_are_of_their_lists() -> None:
    for publisher in all_publishers():
        assert publisher.country in COUNTRIES | {""}, publisher.name
        assert all(LANGUAGE.fullmatch(language) for language in publisher.languages), publisher.name
        assert publisher.kind in {*KINDS, ""}, publisher.name


@pytest.mark.parametrize("field", ["country", "languages", "kind", "wire"])
def test_a_fact_has_a_basis_and_a_basis_a_fact(field: str) -> None:
    for publisher in all_publishers():
        assert bool(getattr(publisher, field)) == bool(getattr(publisher.basis, field)), publisher.name


def test_a_basis_is_a_public_page() -> None:
    for publisher in all_publishers():
        for page in msgspec.structs.astuple(publisher.basis):
            assert not page or re.fullmatch(r"https://[a-z0-9.-]+\.[a-z]+/\S*", page), publisher.name


def test_state_media_has_a_basis_for_both_parts_of_its_criterion() -> None:
    state_media = [publisher for publisher in all_publishers() if publisher.kind == "state media"]
    assert "Xinhua News Agency" in {publisher.name for publisher in state_media}
    for publisher in all_publishers():
        both = bool(publisher.basis.kind and publisher.basis.owner)
        assert both == (publisher.kind == "state media"), publisher.name
        assert not both or publisher.basis.kind != publisher.basis.owner, publisher.name


def test_public_broadcasters_are_not_state_media() -> None:
    for name in ("BBC News", "Deutsche Welle", "CBC News", "ABC News (Australia)", "NHK", "NPR", "France 24"):
        publisher = publisher_named(name)
        assert publisher is not None
        assert publisher.kind == "broadcaster"


def test_a_host_belongs_to_the_publisher_whose_domain_it_is_or_lies_under() -> None:
    bbc = publisher_named("BBC")
    assert bbc is not None
    for host in ("bbc.com", "www.bbc.com", "news.bbc.co.uk", "WWW.BBC.CO.UK", "bbc.com."):
        assert publisher_of(host) == bbc
    for host in (
        "notbbc.com",
        "bbc.com.example",
        "bbc",
        "co.uk",
        "com",
        "",
        ".",
        "a." * 200 + "bbc.com",
        "münchen.example",
    ):
        assert publisher_of(host) is None


def test_the_longest_domain_wins() -> None:
    assert publisher_of("www.straitstimes.com") == publisher_named("The Straits Times")
    assert publisher_of("tnp.straitstimes.com") == publisher_named("The New Paper")
    assert publisher_of("www.tnp.straitstimes.com") == publisher_named("The New Paper")
    assert publisher_named("The Straits Times") != publisher_named("The New Paper")


@given(st.text())
def test_any_text_may_be_asked_for(text: str) -> None:
    found = publisher_of(text)
    assert found is None or any(domain in text.lower() for domain in found.domains)
    publisher_named(text)


@given(st.sampled_from(all_publishers()), st.from_regex(r"([a-z][a-z0-9-]{0,8}\.){0,3}", fullmatch=True))
def test_every_host_under_a_domain_has_a_publisher(publisher: Publisher, below: str) -> None:
    found = publisher_of(below + publisher.domains[0])
    assert found is not None
    assert found == publisher or any(domain.endswith(publisher.domains[0]) for domain in found.domains)


@pytest.mark.parametrize(
    ("cited", "name"),
    [
        ("AP", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("associated  press", "Associated Press"),
        ("AFP", "Agence France-Presse"),
        ("KCNA", "Korean Central News Agency"),
        ("Xinhua", "Xinhua News Agency"),
        ("dpa", "Deutsche Presse-Agentur"),
        ("BBC", "BBC News"),
        ("Guardian", "The Guardian"),
        ("New York Times", "The New York Times"),
        ("ABC Australia", "ABC News (Australia)"),
        ("Channel News Asia", "CNA (Singapore)"),
    ],
)
def test_a_publisher_is_found_by_the_names_it_is_cited_under(cited: str, name: str) -> None:
    found = publisher_named(cited)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("name", ["ABC", "CNA", "APS", "The Star", "", "Nobody's Gazette"])
def test_a_name_that_several_share_or_nobody_has_names_nobody(name: str) -> None:
    assert publisher_named(name) is None


def test_agencies_are_those_whose_reports_others_carry() -> None:
    wires = {publisher.name for publisher in agencies()}
    assert {"Reuters", "Associated Press", "Agence France-Presse", "TASS", "Press Trust of India"} <= wires
    assert not {"BBC News", "The Guardian", "Yahoo News"} & wires
    assert all(publisher.wire for publisher in all_publishers() if publisher.kind == "agency")


def test_files_list_their_publishers_by_name() -> None:
    for file in files(registry).iterdir():
        if file.name.endswith(".json"):
            rows = msgspec.json.decode(file.read_bytes(), type=list[Publisher])
            assert [row.name for row in rows] == sorted((row.name for row in rows), key=str.casefold), file.name


def test_loading_is_quick() -> None:
    spans = []
    for _ in range(5):
        registry._registry.cache_clear()
        began = time.perf_counter()
        all_publishers()
        spans.append(time.perf_counter() - began)
    assert min(spans) < 0.015
