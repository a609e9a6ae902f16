"""JSON lines: cut into captures of whole lines, whatever their length."""

import gzip
import json
from pathlib import Path

from tests.ingest.conftest import Read


def line(text: str) -> bytes:
    return json.dumps({"date": "2017-05-05", "text": text}).encode() + b"\n"


def test_chunks_hold_whole_lines_and_know_their_first(tmp_path: Path, read_all: Read) -> None:
    lines = [line(f"Event {number}.") for number in range(2500)]
    path = tmp_path / "days.jsonl"
    path.write_bytes(b"".join(lines))
    arrivals, problems = read_all(path)
    assert not problems
    assert [(arrival.first_line, arrival.content.count(b"\n")) for arrival in arrivals] == [
        (1, 1000),
        (1001, 1000),
        (2001, 500),
    ]
    assert b"".join(arrival.content for arrival in arrivals) == path.read_bytes()
    assert {(arrival.form, arrival.capture.via) for arrival in arrivals} == {("entries", "jsonl")}


def test_a_file_that_grew_gives_the_same_captures_up_to_its_old_chunks(tmp_path: Path, read_all: Read) -> None:
    path = tmp_path / "days.jsonl"
    path.write_bytes(b"".join(line(str(number)) for number in range(2000)))
    before = [arrival.capture.id for arrival in read_all(path)[0]]
    path.write_bytes(path.read_bytes() + line("more"))
    after = [arrival.capture.id for arrival in read_all(path)[0]]
    assert after[:2] == before
    assert len(after) == 3


def test_giant_line_stands_alone_and_one_over_the_limit_is_left_out(tmp_path: Path, read_all: Read) -> None:
    giant, over = line("g" * 300_000), line("o" * 600_000)
    path = tmp_path / "days.jsonl"
    path.write_bytes(line("a") + giant + line("b") + over + b"\n" + line("c").rstrip())
    arrivals, (told,) = read_all(path, chunk_bytes=200_000, max_line_bytes=500_000)
    assert [(arrival.first_line, arrival.content) for arrival in arrivals] == [
        (1, line("a")),
        (2, giant),
        (3, line("b")),
        (5, b"\n" + line("c").rstrip()),
    ]
    assert told.where == "days.jsonl:4"
    assert "500,000" in told.received


def test_invalid_utf8_is_told_with_its_line(tmp_path: Path, read_all: Read) -> None:
    path = tmp_path / "days.jsonl"
    path.write_bytes(line("a") * 1200 + line("caf?").replace(b"?", b"\xe9") + line("b"))
    arrivals, (told,) = read_all(path)
    assert told.where == "days.jsonl:1201"
    assert "caf\ufffd" in arrivals[1].text


def test_cut_gzip_gives_the_whole_lines_before_the_cut(tmp_path: Path, read_all: Read) -> None:
    import random

    draw = random.Random(1)
    lines = [line(draw.randbytes(40).hex()) for _ in range(3000)]
    packed = gzip.compress(b"".join(lines))
    path = tmp_path / "days.jsonl.gz"
    path.write_bytes(packed[: len(packed) // 2])
    arrivals, (told,) = read_all(path)
    taken = b"".join(arrival.content for arrival in arrivals)
    assert taken == b"".join(lines[: taken.count(b"\n")])
    assert 1300 < taken.count(b"\n") < 1600
    assert told.where == f"days.jsonl.gz:{taken.count(bytes([10])) + 1}"


def test_utf16_lines_are_refused(tmp_path: Path, read_all: Read) -> None:
    path = tmp_path / "days.jsonl"
    path.write_bytes(line("a").decode().encode("utf-16"))
    arrivals, (told,) = read_all(path)
    assert not arrivals
    assert told.received == "UTF-16"
