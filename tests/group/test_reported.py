"""What an article opens with: its lede, or the first block that reads as a sentence."""

import pytest

from diurna.group.category import CategorySettings
from diurna.group.reported import digest
from diurna.model import Annotation, Article, Paragraph

SENTENCE = "Seven persons lost their lives in the fire aboard the ferry."


@pytest.mark.parametrize(
    ("lede", "blocks", "opens"),
    [
        ("", ("Page printed on 30.06.2017", SENTENCE), SENTENCE),
        ("Page printed on 30.06.2017", (SENTENCE,), SENTENCE),
        (SENTENCE, ("Another sentence stands below it, as it does.",), SENTENCE),
        ("", ("Photo: archive", "In brief"), "Photo: archive"),
        ("", (" ".join([SENTENCE] * 40),), " ".join([SENTENCE] * 9)),
        ("", (), ""),
    ],
)
def test_an_article_opens_with_a_sentence(lede: str, blocks: tuple[str, ...], opens: str) -> None:
    paragraphs = tuple(Paragraph(block) for block in blocks)
    article = Article(id="a", capture="", component="", title="Fire", lede=lede, paragraphs=paragraphs, language="en")
    read = Annotation(id="", of="article:a", component="", language="en")
    assert digest(article, read, CategorySettings()).opens == opens
