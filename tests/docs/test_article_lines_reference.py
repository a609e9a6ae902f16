"""The reference of article lines: its examples fit the schema, are read without problems and show every field."""

import json
from datetime import UTC, datetime

import jsonschema

from diurna.extract.article_lines import ArticleLine, read_article_line
from diurna.model import Capture
from docs import generate
from tests.docs.markdown_files import ROOT, blocks

REFERENCE = ROOT / "docs" / "reference"
CAPTURE = Capture(
    id="c",
    asked="",
    answered="",
    media_type="",
    digest="",
    size=0,
    via="file",
    observed=datetime(2020, 1, 1, tzinfo=UTC),
)


def test_examples_fit_their_schema_and_are_read_without_problems() -> None:
    lines = "".join(blocks(REFERENCE / "formats.md", "ndjson")).splitlines()
    assert len(lines) == len(generate.ARTICLE_EXAMPLES)
    schema = json.loads((REFERENCE / generate.ARTICLE_SCHEMA).read_text(encoding="utf-8"))
    for line in lines:
        jsonschema.validate(json.loads(line), schema)
        reading = read_article_line(line.encode(), "formats.md", CAPTURE)
        assert reading.problems == (), line
        assert len(reading.articles[0].paragraphs) == 2


def test_examples_show_every_field() -> None:
    shown = {name for line in generate.ARTICLE_EXAMPLES for name in json.loads(line)}
    assert shown == set(ArticleLine.__struct_fields__)


def test_every_field_is_in_the_table() -> None:
    text = (REFERENCE / "formats.md").read_text(encoding="utf-8")
    section = text.partition("\n### ArticleLine\n")[2].partition("\n### ")[0]
    assert [name for name in ArticleLine.__struct_fields__ if f"| `{name}` |" not in section] == []
