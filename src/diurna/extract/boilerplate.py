"""Blocks that recur across a publisher's articles: boxes, notices and sign-offs that no single page gives away.

A block is boilerplate where it stands on at least half of a publisher's articles, or on many of them, and those
articles are not about one subject: a background paragraph recurs too, but under titles that share a word. What is
known is read as of the publisher's last closed epoch, a fixed number of its articles in order of arrival, so it does
not matter how many processes read.

The caller keeps, for each publisher, how many articles were counted and how many of them had each key; for every page
in order of arrival it adds one to each key of `lesson`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from diurna.model import Article, Dropped
from diurna.text import words

__all__ = ["BoilerplateSettings", "Seen", "asked_keys", "block_keys", "epoch_of", "lesson", "without_boilerplate"]


class BoilerplateSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a block that recurs is no part of the article.

    Attributes:
        epoch_articles: Articles of one publisher after which what recurs is looked at anew.
        least: Articles that a block stands on before it can be boilerplate.
        share: Share of the publisher's articles that it stands on.
        many: Articles that are enough whatever their share: boxes of one section, notes about one author.
        tied: Share of those articles whose titles have a word in common with this one's, from which they are taken to
            tell of one subject, if that word is at most half as frequent in the publisher's other titles.
        new: Share of a page's text that must be new for it to count as another article.
    """

    epoch_articles: int = 4
    least: int = 3
    share: float = 0.5
    many: int = 10
    tied: float = 0.5
    new: float = 0.25


class Seen(Struct, frozen=True):
    """What was learned of one publisher: how many different articles, in which epoch, and how many had each key."""

    pages: int
    epoch: int
    counts: Mapping[str, int]


def block_keys(article: Article) -> tuple[str, ...]:
    """Digests of an article's paragraphs, in order. Case, punctuation and spaces do not matter, figures do."""
    return tuple(_key(paragraph.text) for paragraph in article.paragraphs)


def epoch_of(pages: int, settings: BoilerplateSettings) -> int:
    """The last epoch that is closed when so many articles of a publisher have been counted; 0 is before the first."""
    return pages // settings.epoch_articles


def asked_keys(article: Article) -> tuple[str, ...]:
    """All keys whose counts the other functions want for an article, each once."""
    return tuple(dict.fromkeys(_every_key(article)))


def lesson(article: Article, seen: Seen, settings: BoilerplateSettings) -> tuple[str, ...]:
    """Keys that an article adds one to, as it came, boilerplate and all; none if it tells nothing new.

    `seen` is what is known up to the page before, not the last epoch's. An article with a title that was seen, or with
    little new text, is an update, another form or a copy of an earlier one: it would make real paragraphs recur.
    """
    title = _title_key(article)
    if seen.counts.get(title):
        return ()
    sizes = {key: len(text) for key, text in _blocks(article) if not _recurs(key, seen, settings)}
    new = sum(size for key, size in sizes.items() if not seen.counts.get(key))
    if not new or new < settings.new * sum(sizes.values()):
        return ()
    blocks = [key for key, _ in _blocks(article)]
    pairs = [_pair_key(key, word) for key in blocks if seen.counts.get(key) for word in _title_words(article)]
    titles = [title] if article.title.strip() else []
    return tuple(dict.fromkeys([*titles, *blocks, *map(_word_key, _title_words(article)), *pairs]))


def without_boilerplate(article: Article, seen: Seen, settings: BoilerplateSettings) -> Article:
    """Take the blocks out of an article that recur on its publisher's pages, as of the last closed epoch.

    Paragraphs, key points, the lede and the image's caption move to `dropped`, with the reason `boilerplate`.
    """
    recurring = {
        key for key, _ in _blocks(article) if _recurs(key, seen, settings) and not _tied(key, article, seen, settings)
    }
    out = [(key, text) for key, text in _blocks(article) if key in recurring]
    of = f"of {seen.pages} pages" + (f" of {article.publisher}" if article.publisher else "")
    dropped = tuple(Dropped(text, "boilerplate", f"on {seen.counts[key]} {of}") for key, text in dict.fromkeys(out))
    image = article.image
    if image is not None and _key(image.caption) in recurring:
        image = replace(image, caption="")
    return replace(
        article,
        paragraphs=tuple(block for block in article.paragraphs if _key(block.text) not in recurring),
        key_points=tuple(point for point in article.key_points if _key(point) not in recurring),
        lede="" if _key(article.lede) in recurring else article.lede,
        image=image,
        epoch=seen.epoch,
        dropped=(*article.dropped, *dropped),
    )


def _recurs(key: str, seen: Seen, settings: BoilerplateSettings) -> bool:
    count = seen.counts.get(key, 0)
    return count >= settings.least and (count >= settings.share * seen.pages or count >= settings.many)


def _tied(key: str, article: Article, seen: Seen, settings: BoilerplateSettings) -> bool:
    """Whether the articles that have a block are about this one's subject: their titles share a word that others lack.

    While the articles are few, a word that all of them have and no other is enough; later it must also be clearly more
    frequent than overall.
    """
    with_block = seen.counts[key]
    own_name = set(words(article.publisher))
    for word in _title_words(article):
        # The first article that had the block was counted before anybody knew that the block would recur.
        shared = seen.counts.get(_pair_key(key, word), 0)
        frequency = shared / max(1, with_block - 1)
        if shared < _PAIR or frequency < settings.tied or word in own_name:
            continue
        every = seen.counts.get(_word_key(word), 0)
        elsewhere = max(0, every - shared - 1) / max(1, seen.pages - with_block)
        if frequency == 1 and not elsewhere and with_block < settings.many:
            return True
        if elsewhere <= frequency / 2 and frequency >= _LIFT * every / seen.pages:
            return True
    return False


_PAIR = 2
"""Titles that share a word; one is chance."""

_LIFT = 1.15
"""How much more frequent the word is with the block than overall: a box on nine pages of ten has nearly all words."""


def _blocks(article: Article) -> list[tuple[str, str]]:
    """Key and text of every block that may recur, in order."""
    caption = article.image.caption if article.image is not None else ""
    texts = [*(block.text for block in article.paragraphs), *article.key_points, article.lede, caption]
    return [(_key(text), text) for text in texts if text.strip()]


def _title_words(article: Article) -> list[str]:
    """Words of a title that may name its subject: none that are short, but for figures and scripts without spaces."""
    return [
        word
        for word in dict.fromkeys(words(article.title))
        if len(word) > _SHORT or not (word.isascii() and word.isalpha())
    ][:_TITLE]


_SHORT = 3
"""Letters of `the`, `and`, `for`."""

_TITLE = 16
"""Words of a title that are looked at."""


def _every_key(article: Article) -> Iterator[str]:
    yield _title_key(article)
    title = _title_words(article)
    yield from map(_word_key, title)
    for key, _ in _blocks(article):
        yield key
        for word in title:
            yield _pair_key(key, word)


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    return _digest("block", " ".join(words(text)) or text.strip())


def _title_key(article: Article) -> str:
    return _digest("title", " ".join(words(article.title)))


def _word_key(word: str) -> str:
    return _digest("word", word)


def _pair_key(key: str, word: str) -> str:
    return _digest("pair", key, word)


def _digest(*fields: str) -> str:
    """Sixteen characters: in a million blocks of one publisher, two have the same by a chance of 1 to 40 million."""
    return hashlib.blake2b("\0".join(fields).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
