"""Sample articles are understood as they were when somebody last looked; else the component has a new version."""

import pytest

from tests.enrich.golden.make import ARTICLES, HERE, golden


@pytest.mark.parametrize("name", ARTICLES)
def test_sample_article(name: str) -> None:
    known = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    assert golden(name) == known, "raise COMPONENT in diurna.enrich.task, then make the golden files anew"


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in HERE.glob("*.txt")} == set(ARTICLES)
