"""What kind of piece an article is: series, live pages and adverts are told apart, and reports are left alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.group.genre import APART, Genre, genre_of
from diurna.model import Annotation, Article, Mention, Paragraph, Span


def article(
    title: str = "", *blocks: str | Paragraph, url: str = "", section: str = "", tags: tuple[str, ...] = ()
) -> Article:
    paragraphs = tuple(Paragraph(block) if isinstance(block, str) else block for block in blocks)
    return Article(
        id="a", capture="c", component="t", title=title, paragraphs=paragraphs, url=url, section=section, tags=tags
    )


def kind(
    title: str = "", *blocks: str | Paragraph, url: str = "", section: str = "", tags: tuple[str, ...] = ()
) -> str:
    return genre_of(article(title, *blocks, url=url, section=section, tags=tags)).name


STORIES = (
    (
        "Ferry runs aground",
        "A ferry with ninety passengers struck rocks outside Velmora harbour before dawn. Divers searched the hull "
        "while tugboats waited for the tide. Nobody drowned, although several travellers broke bones when the vessel "
        "stopped.",
    ),
    (
        "Interest rates",
        "Central bankers in Frankfurt lifted borrowing costs by a quarter point. Economists had expected a pause. "
        "Mortgage "
        "lenders answered within hours, and shares of builders slumped. Savers may wait until autumn for better "
        "deposits.",
    ),
    (
        "A volcano wakes",
        "Ash closed two airports on Sumatra as Mount Kerinci erupted again. Villagers wore masks against the dust. "
        "Geologists measured tremors all night and warned climbers to stay below the forest line for another "
        "fortnight.",
    ),
    (
        "Cup final",
        "Rovers lifted the trophy thanks to penalties, their first since 1974. Goalkeeper Ines Duarte saved three "
        "kicks. Fans "
        "flooded the square, singing until sunrise, and swam in the fountain. Coach Petrov retires tomorrow, aged "
        "seventy.",
    ),
    (
        "Old bones",
        "Palaeontologists digging near Patagonia's coast uncovered an enormous skeleton. Its neck alone measures "
        "eleven metres. "
        "Museum curators hope to mount the beast inside a new glass hall, paid for by a brewery's foundation.",
    ),
    (
        "Vaccines arrive",
        "Nurses began giving malaria jabs to infants across Malawi. Refrigerated trucks brought doses along muddy "
        "roads. "
        "Doctors believe the campaign could halve hospital admissions; mothers queued from breakfast, umbrellas "
        "in hand.",
    ),
    (
        "Opera scandal",
        "Soprano Clara Winther walked off stage in Milan halfway through Tosca. Booing had started after a "
        "forgotten cue. "
        "The understudy, borrowed from the chorus, finished both remaining acts and received eleven curtain calls.",
    ),
    (
        "Spacecraft lost",
        "Engineers lost contact with a probe circling Venus. Antennas in Canberra listened for a week and heard "
        "nothing. "
        "Japan's agency blamed a frozen valve. The mission had outlived its planned lifetime by nearly six seasons.",
    ),
)

REPORT = tuple(
    f"The {what} of the Orle Valley dam was stopped on Friday after engineers found cracks in its {where}. "
    f"Minister Anna Reuss told "
    f"parliament that engineers would drain the reservoir before the {when}, and that the valley's villages need "
    f"not be cleared. "
    f"Residents near the dam doubted what the minister said about {doubt}, since reservoir levels rose all week long."
    for what, where, when, doubt in (
        ("repair", "eastern wall", "storms", "pumps"),
        ("opening", "gates", "harvest", "costs"),
        ("filling", "tunnel", "holidays", "maps"),
        ("sale", "turbine hall", "vote", "sirens"),
        ("survey", "foundations", "frost", "roads"),
        ("closure", "spillway", "weekend", "insurance"),
        ("inspection", "footings", "spring", "schools"),
        ("transfer", "crest road", "deadline", "rents"),
    )
)

SERIES = [
    ("Morning Briefing: snow shuts the capital's airport", "briefing"),
    ("Tuesday's evening briefing", "briefing"),
    ("Your weekend brief | Coast Post", "briefing"),
    ("5 things to know for Thursday: ferry, rates, volcano", "briefing"),
    ("News in brief – 4 May 2017", "briefing"),
    ("Good morning: Averil, ferries, the dam, budget talks, snow, Rovers, chess", "briefing"),
    ("Die Lage am Morgen: Regen und Rüben", "briefing"),
    ("Das Wichtigste am Dienstag", "briefing"),
    ("Las noticias del día", "briefing"),
    ("L'essentiel de l'actualité : la neige, les taux", "briefing"),
    ("Live: ministers answer questions on the dam", "live"),
    ("Orle Valley dam: rolling coverage", "live"),
    ("Liveblog: Wahl in Velmora", "live"),
    ("Regierungskrise in Velmora – alle Entwicklungen im Liveblog", "live"),
    ("Elecciones en Velmora, en vivo: última hora | En directo", "live"),
    ("EN DIRECT. Incendie au port de Velmora", "live"),
    ("The week in pictures", "review"),
    ("Photos of the week: floods, fairs and a fox", "review"),
    ("Velmora's year in review: bridges, bees and ballots | Year in review", "review"),
    ("Wochenrückblick: Was Velmora bewegte", "review"),
    ("Resumen semanal", "review"),
    ("La semaine en images", "review"),
    ("The week in Lisbon: 3 to 9 May", "review"),
    ("Die Woche in Velmora: Regen und Rüben", "review"),
    ("The week that was | Coast Post", "review"),
    ("Horoscope for Monday", "listing"),
    ("Weather", "listing"),
    ("TV guide: Saturday 6 May", "listing"),
    ("Lottery results", "listing"),
    ("Lottozahlen vom Samstag", "listing"),
    ("Editorial: The dam must go", "opinion"),
    ("Opinion | Who pays for the dam?", "opinion"),
    ("The dam must go (Opinion)", "opinion"),
    ("Letters to the editor", "opinion"),
    ("Kommentar: Der Damm muss weg", "opinion"),
    ("Tribuna: ¿Quién paga la presa?", "opinion"),
    ("Édito : qui paiera le barrage ?", "opinion"),
    ("Advertorial: new taps for old", "spam"),
]


@pytest.mark.parametrize(("title", "expected"), SERIES)
def test_name_of_a_series_in_the_title_tells(title: str, expected: str) -> None:
    assert kind(title, *REPORT) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Minister skips her morning briefing after dam question",
        "Weather: storm kills five on the coast",
        "Band plays live in front of 90,000 in Velmora",
        "Thousands live in fear near the dam",
        "Court to review dam permit this week",
        "The week in jail that changed a minister",
        "A week in hospital for the captain of the ferry",
        "Editorial staff of Velmora daily arrested",
        "Opinion polls put Reuss ahead",
        "Letters warned of dam cracks years ago",
        "Comment by minister angers farmers",
        "5 things ministers agreed at the summit",
        "Three dead after quiz show stage collapses",
        "Dam cracks: what we know so far",
        "Broadcaster pays $5bn for live games",
        "Newsletter writer freed after two years",
        "Direct flights to Velmora resume",
        "Der Tag, an dem der Damm brach",
        "Mayor's column on dam costs him his seat",
        "Velmora, Westmarch, Norland, Sudmark, Ostmark and four other states sign the treaty",
        "Floods: roads, bridges, farms and schools closed",
    ],
)
def test_reports_are_left_alone(title: str) -> None:
    assert kind(title, *REPORT) == "report"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/opinion/2017/the-dam", "opinion"),
        ("https://news.example/world/live/2017/may/4/dam", "live"),
        ("https://news.example/live-blog/dam", "live"),
        ("https://news.example/briefing/may-4.html", "briefing"),
        ("https://news.example/sponsored-content/taps", "spam"),
        ("https://news.example/world/live-in-fear", "report"),
        ("https://news.example/opinion", "report"),
        ("https://[broken", "report"),
    ],
)
def test_folder_of_the_address_tells(url: str, expected: str) -> None:
    assert kind("The dam of the Orle Valley", *REPORT, url=url) == expected


def test_section_and_tag_tell() -> None:
    assert genre_of(article("The dam", section="Leitartikel")) == Genre(
        "opinion", "it stands in the section “Leitartikel”"
    )
    assert kind("The dam", section="Satire") == "satire"
    assert kind("The dam", tags=("dams", "Live blog")) == "live"
    assert kind("The dam", tags=("dams", "satire")) == "report"


def test_page_of_many_things_is_known_by_its_parts() -> None:
    blocks = [block for head, text in STORIES for block in (Paragraph(head, "heading"), Paragraph(text))]
    found = genre_of(article("What the tide left", *blocks))
    assert found.name == "briefing"
    assert "8 parts share hardly a word" in found.because
    assert kind("What the tide left", *REPORT) == "report"


def test_headings_over_one_story_are_no_briefing() -> None:
    blocks = [
        block for at, text in enumerate(REPORT) for block in (Paragraph(f"Point {at}", "heading"), Paragraph(text))
    ]
    assert kind("What the tide left", *blocks) == "report"


def test_one_name_in_most_parts_makes_one_story() -> None:
    texts = [f"{text} So it was told to Ada Ek." for _, text in STORIES]
    blocks = [block for text in texts for block in (Paragraph("Then", "heading"), Paragraph(text))]
    told = article("A life", *blocks)
    places = [at for at in range(len(told.text)) if told.text.startswith("Ada Ek", at)]
    mentions = tuple(Mention(id=f"m{at}", of="a", span=Span(at, at + 6), text="Ada Ek", kind="person") for at in places)
    assert genre_of(told, Annotation(id="n", of="a", component="t", mentions=mentions)).name == "report"
    assert genre_of(told, Annotation(id="n", of="a", component="t")).name == "briefing"


def test_phrases_of_newsletters_tell_even_of_short_ones() -> None:
    short = [text[:80] for _, text in STORIES]
    assert kind("Rates, rocks and a fox", "Good morning.", *short, "What else is happening", "A fox.") == "briefing"
    assert kind("Rates, rocks and a fox", "Good morning.", *short) == "report"


@pytest.mark.parametrize("form", ["{}:{:02} a.m. ET", "{}:{:02}", "{}.{:02} Uhr", "{}h{:02}"])
def test_times_above_pieces_make_a_live_page(form: str) -> None:
    blocks = [block for at, text in enumerate(REPORT[:6]) for block in (form.format(11 - at, 9 * at), text)]
    found = genre_of(article("The dam in the valley", *blocks))
    assert found.name == "live"
    assert "6 of its blocks begin with a time of day" in found.because


def test_times_before_lines_make_a_live_page_only_newest_first() -> None:
    lines = [f"{hour}:15 Engineers shut gate {hour}." for hour in range(7, 15)]
    assert kind("The dam in the valley", *reversed(lines)) == "live"
    assert kind("How the dam broke, hour by hour", *lines) == "report"


def test_a_live_page_says_that_it_is_closed() -> None:
    assert kind("The dam", "We're closing this blog now. Thank you.") == "live"
    assert kind("The dam", "The mayor is closing this dam now.") == "report"


def test_shops_and_bait_are_spam() -> None:
    assert kind("Taps", "Brass taps with free shipping. Add to cart. Money-back guarantee, order now.") == "spam"
    assert kind("Taps", "cheap brass taps online " * 40) == "spam"
    assert kind("Shops sued", "Shops that promise free shipping were sued on Friday. " + REPORT[0]) == "report"


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        ("Rain",),
        ("",),
        tuple(Paragraph(head, "heading") for head, _ in STORIES * 5),
        ("新华社北京五月四日电 国务院总理在会上说。" * 60,) * 8,
        ("Мэр города сообщил о наводнении. " * 20,) * 8,
        ("\x00\u202e🙂" * 500,) * 8,
        ("ALL CAPITALS HERE " * 5_000,),
    ],
)
def test_odd_input_is_told_something(blocks: tuple[str | Paragraph, ...]) -> None:
    found = genre_of(article("", *blocks))
    assert found.name in {"report", "spam"}
    assert found.because


def test_long_texts_take_little_time() -> None:
    texts = [
        article("12 " * 9_000, *[REPORT[0]] * 2_000),
        article("", "10:10 " * 100_000),
        article("+-" * 100_000, "x" * 2_000_000),
    ]
    started = time.process_time()
    for one in texts:
        genre_of(one)
    assert time.process_time() - started < 3


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.lists(st.text(max_size=60), max_size=12), st.text(max_size=40))
def test_any_text_has_a_kind(title: str, blocks: list[str], url: str) -> None:
    found = genre_of(article(title, *blocks, url=url, section=url))
    assert found.name in APART | {"report", "opinion", "satire"}
    assert genre_of(article(title, *blocks, url=url, section=url)) == found
