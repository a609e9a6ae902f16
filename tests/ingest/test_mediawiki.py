"""Pages fetched from a wiki: what comes, how politely, and what is refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from diurna.ingest import Arrival, IngestSettings
from diurna.ingest.mediawiki import Wanted, fetch, fetch_page
from diurna.ingest.network import Manners, _GuardedResolver, is_public, retry_after
from diurna.model import Problem
from tests.ingest.conftest import OBSERVED
from tests.ingest.wiki_server import WikiServer

TITLE = "Portal:Current events/2017 May 22"
PATH = "/wiki/Portal:Current_events/2017_May_22"
TEXT = "{{Current events header|2017|05|22}}\n*[[Ä]] b. [http://a.example (A)]\n"


@pytest.fixture
def wiki() -> Iterator[WikiServer]:
    with WikiServer() as server:
        server.pages[TITLE] = [(number, TEXT + f"* {number}\n") for number in range(101, 111)]
        yield server


class Pauses:
    """Stands for waiting: keeps how long it would have taken."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.taken.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


def get(
    url: str, pauses: Pauses | None = None, since: int | None = None, **settings: object
) -> tuple[list[Arrival], list[Problem]]:
    chosen = IngestSettings(**({"allow_private_addresses": True} | settings))  # type: ignore[arg-type]  # by name
    manners = Manners(sleep=(pauses or Pauses()).sleep, jitter=lambda: 0.5)
    things = fetch_page(url, chosen, OBSERVED, since, manners)
    return [each for each in things if isinstance(each, Arrival)], [
        each for each in things if isinstance(each, Problem)
    ]


def test_latest_revision_arrives(wiki: WikiServer) -> None:
    (arrival,), problems = get(wiki.url + PATH)
    assert not problems
    assert arrival.text == TEXT + "* 110\n"
    assert arrival.page is not None
    assert (arrival.page.number, arrival.page.title, arrival.page.site) == (110, TITLE, "127.0.0.1")
    assert (arrival.page.day, arrival.page.licence) == (date(2017, 5, 22), "CC BY-SA 4.0")
    assert arrival.page.available == arrival.capture.available == datetime(2017, 5, 22, 10, 50, tzinfo=UTC)
    assert arrival.page.url == arrival.capture.answered == wiki.url + PATH + "?oldid=110"
    assert (arrival.capture.via, arrival.capture.asked, arrival.form) == ("api", wiki.url + PATH, "portal")
    (query,) = wiki.queries
    assert query["maxlag"] == "5"
    assert (query["formatversion"], query["redirects"], query["rvslots"]) == ("2", "1", "main")
    assert all("Diurna" in request.headers["User-Agent"] for request in wiki.requests)
    assert all("gzip" in request.headers["Accept-Encoding"] for request in wiki.requests)


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/w/index.php?title=Portal:Current_events/2017_May_22", 110),
        ("/w/index.php?title=Portal:Current_events/2017_May_22&oldid=104", 104),
        ("/w/index.php?oldid=103", 103),
        ("/wiki/Portal%3ACurrent_events/2017_May_22#Sport", 110),
        ("/w/index.php/Portal:Current_events/2017_May_22", 110),
    ],
)
def test_every_form_of_address(wiki: WikiServer, path: str, number: int) -> None:
    (arrival,), problems = get(wiki.url + path)
    assert not problems
    assert arrival.page is not None
    assert (arrival.page.number, arrival.page.title) == (number, TITLE)


def test_api_is_found_where_the_page_says() -> None:
    with WikiServer(script_path="/odd/place") as wiki:
        wiki.pages[TITLE] = [(1, TEXT)]
        (arrival,), problems = get(wiki.url + PATH)
        assert not problems
        assert arrival.text == TEXT


def test_all_revisions_since_a_known_one_are_fetched_over_several_answers(wiki: WikiServer) -> None:
    wiki.batch = 3
    arrivals, problems = get(wiki.url + PATH, since=103)
    assert not problems
    assert [arrival.page and arrival.page.number for arrival in arrivals] == list(range(104, 111))
    assert len(wiki.queries) == 3
    assert get(wiki.url + PATH, since=110) == ([], [])


def test_revisions_are_capped_and_the_next_run_goes_on(wiki: WikiServer) -> None:
    arrivals, (told,) = get(wiki.url + PATH, since=101, max_revisions=4)
    assert [arrival.page and arrival.page.number for arrival in arrivals] == [102, 103, 104, 105]
    assert told.severity == "notice"
    assert "again" in told.next_step


def test_known_revision_that_is_gone_gives_the_latest(wiki: WikiServer) -> None:
    (arrival,), (told,) = get(wiki.url + PATH, since=55)
    assert arrival.page is not None
    assert arrival.page.number == 110
    assert "55" in told.received


def test_redirect_page_is_followed_and_told(wiki: WikiServer) -> None:
    wiki.redirects["Portal:Today"] = TITLE
    (arrival,), (told,) = get(wiki.url + "/wiki/Portal:Today")
    assert arrival.page is not None
    assert arrival.page.title == TITLE
    assert told.severity == "notice"


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/wiki/Portal:Nothing", "no such page"),
        ("/w/index.php?oldid=999", "no such page"),
        ("/wiki/A%7CB", "names no page"),
        ("/w/index.php", "names no page"),
        ("/", "names no page"),
    ],
)
def test_pages_that_are_not_there(wiki: WikiServer, path: str, what: str) -> None:
    arrivals, (told,) = get(wiki.url + path)
    assert not arrivals
    assert what in told.what
    assert told.where == wiki.url + path


def test_site_that_is_no_wiki() -> None:
    with WikiServer(script_path="/nowhere") as wiki:
        arrivals, (told,) = get(wiki.url + "/elsewhere")
        assert not arrivals
        assert "No MediaWiki" in told.what


def test_other_licences_are_quoted(wiki: WikiServer) -> None:
    wiki.rights = {"url": "https://example.org/gfdl", "text": "GFDL 1.3"}
    assert [arrival.page and arrival.page.licence for arrival in get(wiki.url + PATH)[0]] == ["GFDL 1.3"]


def test_several_pages_ask_once_where_the_api_is(wiki: WikiServer) -> None:
    wanted = [Wanted(wiki.url + PATH), Wanted(wiki.url + "/wiki/Portal:Nothing"), Wanted(wiki.url + PATH, 109)]
    things = list(fetch(wanted, IngestSettings(allow_private_addresses=True), OBSERVED))
    assert [type(thing) for thing in things] == [Arrival, Problem, Arrival]
    assert len(wiki.requests) == len(wiki.queries) + 1


# ------------------------------------------------------------------------------------------------ manners


def lag(_: web.Request) -> web.Response:
    error = {"code": "maxlag", "info": "Waiting for db1: 7 seconds lagged.", "lag": 7}
    return web.json_response({"error": error}, headers={"Retry-After": "7"})


def busy(_: web.Request) -> web.Response:
    return web.Response(status=429, headers={"Retry-After": "11"})


def broken(_: web.Request) -> web.Response:
    return web.Response(status=503)


def test_lag_and_retry_after_are_waited_for(wiki: WikiServer, pauses: Pauses) -> None:
    wiki.faults = [lag, busy, broken]
    (arrival,), problems = get(wiki.url + PATH, pauses)
    assert not problems
    assert arrival.text.endswith("* 110\n")
    # What the server asks for, and half (the jitter) of a pause that doubles.
    assert pauses.taken == [7.5, 12.0, 2.0]


def test_giving_up_after_the_retries(wiki: WikiServer, pauses: Pauses) -> None:
    wiki.faults = [broken] * 9
    arrivals, (told,) = get(wiki.url + PATH, pauses, retries=2)
    assert not arrivals
    assert "503" in told.received
    assert len(wiki.requests) == 3
    assert len(pauses.taken) == 2


def test_server_that_asks_for_a_long_pause_is_left_alone(wiki: WikiServer, pauses: Pauses) -> None:
    wiki.faults = [busy]
    arrivals, (told,) = get(wiki.url + PATH, pauses, max_wait=10.0)
    assert not arrivals
    assert not pauses.taken
    assert "11" in told.received
    assert len(wiki.requests) == 1


def test_refused_user_agent_is_told(wiki: WikiServer) -> None:
    wiki.faults = [lambda _: web.Response(status=403)]
    assert "user_agent" in get(wiki.url + PATH)[1][0].next_step


def test_slow_answer_is_given_up(wiki: WikiServer) -> None:
    wiki.delay = 1.0
    arrivals, (told,) = get(wiki.url + PATH, timeout=0.1, retries=1)
    assert not arrivals
    assert "in time" in told.what


def test_giant_answer_is_refused_packed_or_not(wiki: WikiServer) -> None:
    def giant(_: web.Request) -> web.Response:
        response = web.Response(body=b" " * 3_000_000)
        response.enable_compression()
        return response

    wiki.faults = [giant]
    arrivals, (told,) = get(wiki.url + PATH, max_answer_bytes=1_000_000)
    assert not arrivals
    assert "too large" in told.what


def test_checksum_that_does_not_fit_is_told(wiki: WikiServer) -> None:
    def wrong(_: web.Request) -> web.Response:
        revision = {"revid": 1, "timestamp": "2017-05-22T10:00:00Z", "sha1": "00", "slots": {"main": {"content": "*a"}}}
        return web.json_response({"query": {"pages": [{"title": TITLE, "revisions": [revision]}]}})

    get(wiki.url + PATH)
    wiki.faults = [lambda _: web.json_response({"query": {"general": {"base": wiki.url + "/wiki/M"}}}), wrong]
    (arrival,), (told,) = get(wiki.url + PATH)
    assert arrival.text == "*a"
    assert told.severity == "notice"


def test_hidden_text_is_told(wiki: WikiServer) -> None:
    def hidden(_: web.Request) -> web.Response:
        revision = {"revid": 1, "timestamp": "2017-05-22T10:00:00Z", "slots": {"main": {"texthidden": True}}}
        return web.json_response({"query": {"pages": [{"title": TITLE, "revisions": [revision]}]}})

    wiki.faults = [lambda _: web.json_response({"query": {"general": {}}}), hidden]
    arrivals, (told,) = get(wiki.url + PATH)
    assert not arrivals
    assert "hid" in told.received


# ------------------------------------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "2130706433", "127.1", "0x7f.1", "１２７.0.0.1"],
)
def test_private_addresses_are_refused(host: str) -> None:
    arrivals, (told,) = get(f"http://{host}:9/wiki/A", allow_private_addresses=False)
    assert not arrivals
    assert "local network" in told.what


@pytest.mark.parametrize("target", ["ftp://example.org/x", "file:///etc/passwd", "http://user:pw@127.0.0.1/x"])
def test_redirects_stay_on_the_web(wiki: WikiServer, target: str) -> None:
    wiki.faults = [lambda _: web.Response(status=302, headers={"Location": target})]
    arrivals, (told,) = get(wiki.url + "/w/index.php?title=A")
    assert not arrivals
    assert told.what in {"Only web addresses are fetched.", "The address holds a user name."}


def test_redirect_to_a_private_address_is_refused(
    wiki: WikiServer, monkeypatch: pytest.MonkeyPatch, pauses: Pauses
) -> None:
    """The first host counts as public here; the second is what the guard is for."""
    monkeypatch.setattr("diurna.ingest.network.is_public", lambda address: address == "127.0.0.1")
    wiki.faults = [lambda _: web.Response(status=302, headers={"Location": "http://127.0.0.2:9/x"})]
    arrivals, (told,) = get(wiki.url + "/w/index.php?title=A", pauses, allow_private_addresses=False)
    assert not arrivals
    assert told.received == "127.0.0.2"
    assert not pauses.taken


def test_endless_redirects_end(wiki: WikiServer) -> None:
    wiki.faults = [lambda request: web.Response(status=302, headers={"Location": str(request.url)})] * 20
    arrivals, (told,) = get(wiki.url + "/w/index.php?title=A")
    assert not arrivals
    assert "too often" in told.what
    assert len(wiki.requests) == 6


def test_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    async def resolve(self: object, host: str, port: int = 0, family: int = 0) -> list[dict[str, object]]:
        return [{"host": "93.184.215.14"}, {"host": "192.168.0.1"}]

    monkeypatch.setattr("aiohttp.resolver.ThreadedResolver.resolve", resolve)

    async def run() -> None:
        await _GuardedResolver().resolve("rebound.example")

    with pytest.raises(OSError, match=r"192\.168\.0\.1"):
        asyncio.run(run())


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "100.64.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "224.0.0.1",
        "::",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "no address",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=6, network="fc00::/7"))
def test_private_networks_are_never_public(address: object) -> None:
    assert not is_public(str(address))


def test_retry_after_in_both_forms() -> None:
    date_ = "Wed, 21 Oct 2015 07:28:00 GMT"
    assert retry_after("12", "", OBSERVED) == 12
    assert retry_after("Wed, 21 Oct 2015 07:28:30 GMT", date_, OBSERVED) == 30
    assert retry_after("Wed, 21 Oct 2015 07:27:00 GMT", date_, OBSERVED) == 0
    assert retry_after("soon", date_, OBSERVED) is None
    assert retry_after("", date_, OBSERVED) is None


def test_unreachable_server_is_told(pauses: Pauses) -> None:
    arrivals, (told,) = get("http://127.0.0.1:9/wiki/A", pauses, retries=1)
    assert not arrivals
    assert "could not be reached" in told.what
    assert len(pauses.taken) == 1


def test_server_that_cannot_prove_itself_is_told(wiki: WikiServer, pauses: Pauses) -> None:
    arrivals, (told,) = get(wiki.url.replace("http:", "https:") + PATH, pauses)
    assert not arrivals
    assert "TLS" in told.what
    assert not pauses.taken


def test_host_that_does_not_answer_is_asked_for_one_page_only() -> None:
    settings = IngestSettings(allow_private_addresses=True, retries=1, backoff=0.0, timeout=2.0)
    wanted = [Wanted(f"http://127.0.0.1:9/wiki/Portal:Current_events/2017_May_{day}") for day in (20, 21, 22)]
    told = [thing for thing in fetch(wanted, settings, datetime(2017, 6, 1, tzinfo=UTC)) if isinstance(thing, Problem)]
    assert len(told) == 2
    assert told[1].received == "2 pages"
