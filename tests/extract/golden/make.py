"""Makes the golden files of curated days anew: `python tests/extract/golden/make.py`, then read the difference."""

from pathlib import Path

import msgspec

from diurna.extract.wikitext import read_days

HERE = Path(__file__).parent
DAYS = ("2017-05-12", "2017-05-14", "2017-05-22")  # one of each wrapper
SAMPLES = HERE.parents[2] / "samples" / "days"


def golden(day: str) -> str:
    """What a sample day reads as, in JSON."""
    text = (SAMPLES / f"{day}.wiki").read_text(encoding="utf-8")
    return msgspec.json.format(msgspec.json.encode(read_days(text, f"{day}.wiki")), indent=2).decode() + "\n"


if __name__ == "__main__":
    for name in DAYS:
        (HERE / f"{name}.json").write_text(golden(name), encoding="utf-8")
