"""Text as a reader sees it: one line, Unicode form NFC, single spaces, no invisible characters, no loose separators."""

import re
import unicodedata

from msgspec import Struct

__all__ = ["MARK", "Cleaned", "clean", "clean_text"]

# Stands in raw text where a citation or the like was taken out. Input has none: control characters go first.
MARK = "\x04"

# Soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width space, direction marks and overrides, word
# joiner and invisible operators, deprecated format characters, byte order mark, interlinear annotation, noncharacters.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_JOINERS = "\u200c\u200d"
_UNTIDY = re.compile(
    "[\x00-\x1f\x7f-\xa0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]|  |^ | $"
)
# What may stand between two citations and goes with them; bounded, so that no input makes the search slow.
_BETWEEN = re.compile(rf"(?<={MARK})(?:[\s,;/|&•·–—-]{{1,12}}|[\s,;]{{0,4}}and\s{{1,4}})(?={MARK})")
_CLOSING = frozenset(".,;:!?)]…。，；：！？）】、")
_OPENING = {")": "(", "]": "[", "）": "（"}
_TRAILING = frozenset(" ,;:–—|·•&([（/")
_LEADING = frozenset(" ,;:|·•/")


class Cleaned(Struct, frozen=True):
    """Clean text, and for each raw character its place there, -1 where it was left out."""

    text: str
    places: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where `raw[start:end]` stands in the clean text, without space at its ends; None if nothing of it is left."""
        if self.places is None:
            return (start, end) if start < end else None
        kept = [place for place in self.places[start:end] if 0 <= place < len(self.text)]
        if not kept:
            return None
        first, last = kept[0], kept[-1] + 1
        return (first, last) if self.text[first:last].strip() else None


def clean_text(raw: str) -> str:
    """Give plain text its clean form. Nothing but spaces, form and invisible characters changes."""
    return clean(raw).text if raw else raw


def clean(raw: str, *, separators: bool = False) -> Cleaned:
    """Give text its clean form and remember where each character went.

    With `separators`, the commas, dashes and empty brackets that taken-out citations (`MARK`) left behind go too.
    """
    if not separators and not _UNTIDY.search(raw) and unicodedata.is_normalized("NFC", raw):
        return Cleaned(raw)
    if unicodedata.is_normalized("NFC", raw):
        return _squeeze(raw, separators)
    first = _squeeze(raw, separators)
    return first if unicodedata.is_normalized("NFC", first.text) else _compose(first)


def _squeeze(raw: str, separators: bool) -> Cleaned:
    skipped = bytearray(len(raw))
    if separators and MARK in raw:
        for found in _BETWEEN.finditer(raw):
            skipped[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    out: list[str] = []
    places = [-1] * len(raw)
    sources: list[int] = []  # the raw place of each character in `out`, -1 for a space
    pending = marked = False
    for at, character in enumerate(raw):
        if skipped[at]:
            continue
        if character == MARK:
            marked = True
            continue
        if character.isspace():
            pending = True
            continue
        if _left_out(raw, at):
            continue
        if marked and separators and character in _CLOSING:
            if _doubled(character, out):
                continue
            if _closes_nothing(character, out, sources, places):
                pending = True
                continue
            pending = False
        if pending and out and out[-1] != " ":
            out.append(" ")
            sources.append(-1)
        pending = marked = False
        places[at] = len(out)
        out.append(character)
        sources.append(at)
    return _trim("".join(out), places) if separators else Cleaned("".join(out).rstrip(" "), places)


def _left_out(raw: str, at: int) -> bool:
    """Whether a character shows nothing. Joiners stay between letters of scripts that write with them."""
    character = raw[at]
    if character in _JOINERS:
        return not (0 < at < len(raw) - 1 and _may_join(raw[at - 1]) and _may_join(raw[at + 1]))
    if character < " " or "\x7f" <= character < "\xa0":
        return True
    return character > "\xa0" and _INVISIBLE.match(character) is not None


def _may_join(character: str) -> bool:
    return character >= "\u0590" and not "\u2000" <= character <= "\u206f"


def _doubled(character: str, out: list[str]) -> bool:
    """Whether a stop after a citation repeats the one before it: `said.[url].` or `said.[url], [url]`."""
    return bool(out) and ((character == "." and out[-1] in ".!?。") or (character in ",;" and out[-1] in ".,;!?"))


def _closes_nothing(character: str, out: list[str], sources: list[int], places: list[int]) -> bool:
    """Take back an opening bracket that holds nothing any more."""
    opening = _OPENING.get(character)
    if opening is None or not out or out[-1] != opening:
        return False
    out.pop()
    places[sources.pop()] = -1
    if out and out[-1] == " ":
        out.pop()
        sources.pop()
    return True


def _trim(text: str, places: list[int]) -> Cleaned:
    end = len(text)
    while end and (text[end - 1] in _TRAILING or (text[end - 1] == "-" and text[end - 2 : end - 1] == " ")):
        end -= 1
    start = 0
    while start < end and text[start] in _LEADING:
        start += 1
    if start:
        places = [place - start if place >= start else -1 for place in places]
    return Cleaned(text[start:end], places)


def _compose(cleaned: Cleaned) -> Cleaned:
    """Bring a clean text into form NFC; a character that joins the one before it shares its place."""
    text = cleaned.text
    composed: list[str] = []
    moved: list[int] = []
    length = at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and not _starts_anew(text[end]):
            end += 1
        piece = unicodedata.normalize("NFC", text[at:end])
        moved.extend(length + min(index, len(piece) - 1) for index in range(end - at))
        composed.append(piece)
        length += len(piece)
        at = end
    places = range(len(text)) if cleaned.places is None else cleaned.places
    return Cleaned("".join(composed), [moved[place] if 0 <= place < len(moved) else -1 for place in places])


def _starts_anew(character: str) -> bool:
    """Whether no character before it can compose with this one."""
    if character < "\u0300":
        return True
    return (
        not unicodedata.combining(character) and unicodedata.is_normalized("NFC", character) and not _joins(character)
    )


def _joins(character: str) -> bool:
    """Vowels and final consonants of Hangul, and the few signs of class 0 that compose with what stands before them."""
    return "\u1160" <= character <= "\u11ff" or unicodedata.category(character) in ("Mc", "Mn")
