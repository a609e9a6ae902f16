"""Write sample articles and gold labels: `python samples/make/articles.py`; `--check` tells if any is stale.

What is written follows from `outlets.toml`, `stories/`, `templates/` and the sample days, and from nothing else.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

MAKE = Path(__file__).resolve().parent
SAMPLES = MAKE.parent
sys.path.insert(0, str(SAMPLES.parent))  # so that the file runs as a program, too

from samples.make.content import fail, read_content  # noqa: E402 -- see above
from samples.make.gold import gold_files  # noqa: E402
from samples.make.pages import page_bytes, templates  # noqa: E402

__all__ = ["made", "main"]


def made() -> dict[str, bytes]:
    """Every file that belongs under `samples/`, by its path there."""
    content = read_content(MAKE)
    env = templates(MAKE / "templates")
    days = {path.stem: path.read_text(encoding="utf-8") for path in sorted((SAMPLES / "days").glob("*.wiki"))}
    files: dict[str, bytes] = {}
    for sample in content.articles:
        if content.file(sample) in files:
            fail(sample, "another article has this file")
        files[content.file(sample)] = page_bytes(content, sample, env)
    files |= {f"gold/{name}": text.encode() for name, text in gold_files(content, days).items()}
    return files


def main(arguments: list[str] | None = None) -> int:
    """Write or check; answers with the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is not as it would be")
    check = parser.parse_args(arguments).check
    files = made()
    present = {*SAMPLES.glob("articles/**/*.html"), *SAMPLES.glob("gold/*.jsonl")}
    spare = sorted(path for path in present if path.relative_to(SAMPLES).as_posix() not in files)
    stale = [name for name, content in files.items() if not _holds(SAMPLES / name, content)]
    if check:
        for name in [*stale, *(path.relative_to(SAMPLES).as_posix() for path in spare)]:
            sys.stderr.write(f"stale: samples/{name}; run python samples/make/articles.py\n")
        return 1 if stale or spare else 0
    for path in spare:
        path.unlink()
    for name in stale:
        (SAMPLES / name).parent.mkdir(parents=True, exist_ok=True)
        (SAMPLES / name).write_bytes(files[name])
    sys.stdout.write(f"{len(files)} files, {len(stale)} written, {len(spare)} removed\n")
    return 0


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


if __name__ == "__main__":
    sys.exit(main())
