"""Sample days read as they did when somebody last looked."""

from pathlib import Path

import pytest

from tests.extract.golden.make import DAYS, HERE, golden


@pytest.mark.parametrize("day", DAYS)
def test_sample_day(day: str) -> None:
    assert golden(day) == (HERE / f"{day}.json").read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in Path(HERE).glob("2*.json")} == set(DAYS)
