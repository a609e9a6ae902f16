"""Text that was encoded twice (`KrakÃ³w`): UTF-8 that somebody read as windows-1252 and wrote as UTF-8 again."""

import re

__all__ = ["mend_mojibake"]

_LEAST = 3  # broken characters; fewer may be a text about encodings
_MOST_RIGHT = 4  # broken characters for each right one of the same range: where there are fewer, nothing is sure

# The characters that windows-1252 shows for the bytes 0x80 to 0xFF; it leaves five undefined, which browsers pass on.
_SHOWN = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100))
_BYTES = {chr(byte): byte for byte in range(0x80, 0xA0)}  # as Latin-1 has them
_BYTES |= {character: byte for byte, character in enumerate(_SHOWN, 0x80)}
_FOLLOWING = re.escape(_SHOWN[:0x40]) + "\x80-\x9f"
_BROKEN = re.compile(
    f"[{_SHOWN[0x42]}-{_SHOWN[0x5F]}][{_FOLLOWING}]|[{_SHOWN[0x60]}-{_SHOWN[0x6F]}][{_FOLLOWING}]{{2}}|"
    f"[{_SHOWN[0x70]}-{_SHOWN[0x74]}][{_FOLLOWING}]{{3}}"
)
_OF_RANGE = re.compile("[\u00a1-\u00ff]")


def mend_mojibake(text: str) -> tuple[str, int]:
    """Mend text that was surely encoded twice; returns it, and how many characters were mended (0: left as it was)."""
    if "Ã" not in text and "â€" not in text and "Ð" not in text:
        return text, 0
    broken = _BROKEN.findall(text)
    right = len(_OF_RANGE.findall(_BROKEN.sub("", text)))
    if len(broken) < _LEAST or right * _MOST_RIGHT > len(broken):
        return text, 0
    mended = 0

    def mend(found: re.Match[str]) -> str:
        nonlocal mended
        try:
            character = bytes(_BYTES[shown] for shown in found.group()).decode("utf-8")
        except UnicodeDecodeError:
            return found.group()
        mended += 1
        return character

    return _BROKEN.sub(mend, text), mended
