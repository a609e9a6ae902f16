"""Links between documents lead somewhere, and every document can be found."""

import tempfile
from pathlib import Path

import pytest

from tests.docs.markdown_files import ROOT, anchors, documents, links

DOCUMENTS = documents()
MACHINE = [f"{place}/" for place in (ROOT, Path.home(), tempfile.gettempdir())]


def _names(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=_names)
def test_links_lead_to_files_and_anchors_that_are_there(document: Path) -> None:
    for link in links(document):
        if "://" in link.target:
            continue
        file, _, anchor = link.target.partition("#")
        target = (document.parent / file).resolve() if file else document
        assert target.exists(), f"{_names(document)} links to {link.target}: there is no such file"
        assert target.is_relative_to(ROOT), f"{_names(document)} links to {link.target}, outside the project"
        if anchor:
            assert anchor in anchors(target), f"{_names(document)} links to {link.target}: no heading has that anchor"


def test_index_leads_to_every_document() -> None:
    index = ROOT / "docs" / "index.md"
    reached = {(index.parent / link.target.partition("#")[0]).resolve() for link in links(index)}
    wanted = set((ROOT / "docs").rglob("*.md")) - {index}
    assert sorted(map(_names, wanted - reached)) == []


def test_readers_see_no_path_of_the_machine_that_wrote_a_document() -> None:
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        assert not [place for place in MACHINE if place in text], _names(document)


def test_a_broken_link_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A `word`, here\n\n[a](missing.md) and `[not](one)`\n\n```text\n[nor](this)\n```\n", encoding="utf-8"
    )
    assert [link.target for link in links(page)] == ["missing.md"]
    assert anchors(page) == {"a-word-here"}
