"""How captured text is written down in bytes: UTF-8, or UTF-16 that says so, with line ends of any system."""

import codecs

__all__ = ["decode_text", "encoding_of", "first_fault", "printable"]


def encoding_of(content: bytes) -> str:
    """Name the encoding that the first bytes of a text declare by a byte order mark; UTF-8 where they declare none."""
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8"


def decode_text(content: bytes) -> str:
    """Read text from bytes as they came: no byte order mark, lines end in a line feed, U+FFFD where bytes are none."""
    text = content.decode(encoding_of(content), "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def first_fault(content: bytes) -> tuple[int, bytes] | None:
    """Find the first bytes that are no text: their line, counted from 1, and the bytes; None if all is well."""
    encoding = encoding_of(content)
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        before = decode_text(content[: error.start + (3 if encoding == "utf-8-sig" else 0)])
        return before.count("\n") + 1, error.object[error.start : error.end]
    return None


def printable(name: str) -> str:
    """A file's name or a page's title as a message can show it: control and unpaired characters become U+FFFD."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
