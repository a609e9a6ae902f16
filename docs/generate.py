"""Write the generated half of the documents: `docs/reference/`, made from the code that it describes.

`python docs/generate.py` writes the files; with `--check` it writes nothing and fails where one is not as it would be.
What is written depends on the code alone, so it is the same on every machine and every day.
"""

import argparse
import importlib
import inspect
import re
import sys
import tomllib
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
import typer
from msgspec import Struct
from spacy.language import Language

from diurna.cli import app
from diurna.components import COMPONENTS, Settings
from diurna.config import FILE_NAME, write_toml
from diurna.enrich.settings import EnrichSettings
from diurna.extract.article_lines import ArticleLine, LineAuthor, LineImage, LineParagraph
from diurna.extract.entry_lines import EntityName, EntryLine, LineLink, LineSource
from diurna.model import derived, parts, primary, views
from diurna.publish.data import NAMESPACE
from diurna.publish.paths import FIXED_PATHS, SCHEMA_PATH
from diurna.publish.render import FEED_SUFFIXES, PAGE_SUFFIXES
from diurna.publish.search_index import INDEX_NAME, shard_name
from diurna.publish.sections import SECTION_TYPES

__all__ = [
    "ARTICLE_EXAMPLES",
    "ARTICLE_SCHEMA",
    "ENTRY_EXAMPLES",
    "ENTRY_SCHEMA",
    "FOLDER",
    "main",
    "references",
    "stale",
    "write",
]

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
ENTRY_SCHEMA = "entry-line.schema.json"
ARTICLE_SCHEMA = "article-line.schema.json"
_NOTE = "<!-- Made by docs/generate.py from the code. Change the code, then run `make docs`. -->"

ENTRY_EXAMPLES = (
    '{"date": "2017-05-12", "text": "Ransomware spreads through computers in close to a hundred countries."}',
    '{"date": "2017-05-14", "text": "North Korea fires a missile from near Kusong; Moon took office four days before.",'
    ' "category": "Armed conflicts and attacks", "topics": ["North Korea and weapons of mass destruction"],'
    ' "entities": ["North Korea", "Kusong", {"name": "Moon Jae-in", "shown": "Moon"}],'
    ' "sources": [{"url": "http://www.bbc.com/news/world-asia-39911530", "publisher": "BBC News"}],'
    ' "id": "missile-0514", "list": "desk.example.org", "available": "2017-05-14T06:30:00Z", "language": "en"}',
    '{"date": "2017-05-14", "id": "missile-0514", "list": "desk.example.org", "text": "", "withdrawn": true}',
)
"""Lines that the format page shows: the least there can be, one with most fields, and one that takes an entry back."""

ARTICLE_EXAMPLES = (
    '{"title": "Ferry to Kestrel Island stays in port", "url": "https://post.example/2017/ferry", "text": "The ferry to'
    ' Kestrel Island stays in port.\\n\\nIts second engine failed on Sunday."}',
    '{"id": "ferry-2", "publisher": "The Kestrel Post", "title": "Ferry leaves port again", "lede": "The engine was'
    ' repaired.", "paragraphs": [{"text": "What is known", "kind": "heading"}, "The ferry left at noon."], "published":'
    ' "2017-05-23T12:40:00+02:00", "modified": "2017-05-23T14:00:00+02:00", "byline": ["Harbour desk", {"name": "Island'
    ' News Agency", "kind": "agency"}], "language": "en", "section": "Islands", "tags": ["Transport"], "image": {"url":'
    ' "https://post.example/i/ferry.jpg", "caption": "The ferry at noon", "credit": "The Kestrel Post"}, "key_points":'
    ' ["Nobody was hurt"]}',
)
"""Lines of articles that the format page shows: one as most programs write it, and one with the other fields."""


# ---------------------------------------------------------------------------------------------------- Markdown


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(columns)} |", f"|{'|'.join('---' for _ in columns)}|"]
    return [*lines, *(f"| {' | '.join(map(_cell, row))} |" for row in rows), ""]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _code(text: object) -> str:
    return f"`{text}`"


def _page(title: str, *parts: str | Iterable[str]) -> str:
    lines = [_NOTE, "", f"# {title}", ""]
    for part in parts:
        lines += [part, ""] if isinstance(part, str) else [*part]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _docstring(kind: Any) -> str:
    """What a docstring says before its lists of attributes, errors and examples."""
    text = inspect.getdoc(kind) or ""
    return re.split(r"\n+(?:Attributes|Raises|Returns|Doctest):\n", text)[0].strip()


def _attributes(kind: type[Struct]) -> dict[str, str]:
    """Meanings of a record's fields, from the list `Attributes:` of its docstring."""
    listed = (inspect.getdoc(kind) or "").partition("Attributes:\n")[2]
    found: dict[str, list[str]] = {}
    name = ""
    for line in listed.splitlines():
        start = re.match(r" {4}(\w+): (.*)", line)
        if start:
            name = start[1]
            found[name] = [start[2]]
        elif name and line.startswith(" " * 8):
            found[name].append(line.strip())
    return {name: " ".join(words) for name, words in found.items()}


def _type(hint: Any) -> str:
    """A type in plain words: `text`, `whole number`, `list of Citation`."""
    plain = {str: "text", int: "whole number", float: "number", bool: "true or false", bytes: "bytes"}
    times = {"date": "day", "datetime": "time"}
    if get_origin(hint) is Annotated:
        return _type(get_args(hint)[0])
    if hint in plain:
        return plain[hint]
    if get_origin(hint) is tuple:
        return f"list of {_type(get_args(hint)[0])}"
    if get_origin(hint) in (Union, types.UnionType):
        members = [member for member in get_args(hint) if member is not types.NoneType]
        none = " or nothing" if len(members) < len(get_args(hint)) else ""
        return " or ".join(map(_type, members)) + none
    name = getattr(hint, "__name__", str(hint))
    return times.get(name, name)


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "required"
    if field.default is msgspec.NODEFAULT or field.default in ("", None, ()):
        return ""
    return _code(_toml(field.default))


def _toml(value: object) -> str:
    return "nothing" if value is None else msgspec.json.encode(value).decode()


# ---------------------------------------------------------------------------------------------------- pages


def _cli() -> str:
    root: Any = typer.main.get_command(app)
    epilog = (root.epilog or "").replace("\b\n", "").strip()
    codes = re.findall(r"^  (\d+) +(.+)$", epilog, re.MULTILINE)
    rest = epilog.split("\n\n", 1)[1]
    commands = list(_commands(root))
    return _page(
        "The command line",
        str(root.help),
        f"Any command takes the global options before its name: `diurna --chronicle DIR show {_DAY}`. "
        "`diurna COMMAND --help` prints what stands here.",
        _table(
            ("command", "what it does"),
            [(f"[`{name}`](#{name.replace(' ', '-')})", _first_line(command)) for name, command in commands],
        ),
        "## Global options",
        _parameters(root),
        "## Exit codes",
        _table(("code", "meaning"), codes),
        "## References",
        rest,
        "## Commands",
        *(line for name, command in commands for line in _command(name, command)),
    )


_DAY = "2017-05-22"


def _commands(group: Any, before: str = "diurna") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        path = f"{before} {name}"
        if hasattr(command, "commands"):
            yield from _commands(command, path)
        else:
            yield path, command


def _first_line(command: Any) -> str:
    return (command.help or "").strip().partition("\n")[0]


def _command(name: str, command: Any) -> Iterator[str | list[str]]:
    names = [_metavar(given) for given in command.params if given.param_type_name == "argument"]
    yield f"### {name}"
    yield inspect.cleandoc(command.help or "")
    yield f"```text\n{' '.join([name, '[OPTIONS]', *names])}\n```"
    yield _parameters(command)


def _metavar(argument: Any) -> str:
    shown: str = argument.metavar or argument.name.upper()
    return shown if argument.required or shown.startswith("[") else f"[{shown}]"


def _parameters(command: Any) -> list[str]:
    rows = []
    for given in command.params:
        if given.param_type_name == "argument":
            rows.append((_code(_metavar(given)), given.help or "", ""))
        elif not given.hidden:
            value = "" if given.is_flag else f" {given.metavar or ('NUMBER' if given.bare_type is int else 'TEXT')}"
            default = "" if given.is_flag or given.default in (None, "") else _code(given.default)
            told = f" (environment: `{given.envvar}`)" if given.envvar else ""
            rows.append((_code(", ".join(given.opts) + value), (given.help or "") + told, default))
    return _table(("argument or option", "meaning", "default"), rows)


def _configuration() -> str:
    tables: list[str | list[str]] = []
    for field in msgspec.structs.fields(Settings):
        tables += _settings(field.name, field.type, "##")
    return _page(
        "Configuration",
        f"All settings of a chronicle stand in its `{FILE_NAME}` (TOML). What the file leaves out keeps its default. "
        "An unknown key is an error that lists the known ones. `diurna config` prints what is in force, and which "
        "values come from the file. A changed setting gives the configuration another digest, and the next "
        "`diurna publish` looks at every page again.",
        *tables,
        "## The defaults as a file",
        "A key whose default is nothing stands in no file until you set it.",
        f"```toml\n{write_toml(Settings()).rstrip()}\n```",
    )


def _settings(name: str, kind: type[Struct], heading: str) -> Iterator[str | list[str]]:
    """A table of settings with its keys, and below it the tables within it."""
    meanings = _attributes(kind)
    keys = [key for key in msgspec.structs.fields(kind) if not _is_table(key.type)]
    yield f"{heading} [{name}]"
    yield _docstring(kind)
    yield _table(
        ("key", "type", "default", "meaning"),
        [
            (_code(key.name), _type(key.type), _code(_toml(key.default)), meanings.get(key.name, "see above"))
            for key in keys
        ],
    )
    for key in msgspec.structs.fields(kind):
        if _is_table(key.type):
            yield from _settings(f"{name}.{key.name}", key.type, f"{heading}#")


def _is_table(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Struct)


def _formats() -> str:
    examples = "\n".join(ENTRY_EXAMPLES)
    article_examples = "\n".join(ARTICLE_EXAMPLES)
    suffixes = ", ".join(map(_code, PAGE_SUFFIXES))
    feeds = " and ".join(map(_code, FEED_SUFFIXES))
    fixed = [(_code(path), f"the page `{kind}`") for kind, path in FIXED_PATHS.items()]
    return _page(
        "Formats",
        "What goes in is told by its content, the name only helps: portal wikitext, JSON lines of entries or of "
        "articles, MediaWiki XML exports, saved HTML pages, RSS, Atom and JSON feeds, sitemaps, OPML, lists of "
        "addresses, WARC and WACZ files; each as it is or packed with gzip, bzip2, xz or zstd; zip and tar archives "
        "and folders of these; and addresses of web pages, of feeds, and of pages on a MediaWiki site.",
        "## Entries as JSON lines",
        "The way in for any list: UTF-8, one JSON object a line. `date` and `text` are needed, the rest is welcome. A "
        "field that is not known or not as described is left out and told as a Problem; the rest of the line is taken. "
        f"The [JSON Schema]({ENTRY_SCHEMA}) lies beside this page.",
        f"```jsonl\n{examples}\n```",
        "A line with an `id` speaks of that entry of its `list`; a later one with the same `id` is its new wording. "
        "The event keeps its permalink. Lines without an `id` are new entries, unless they are the same to the letter.",
        *(part for kind in (EntryLine, EntityName, LineLink, LineSource) for part in _schema_table(kind)),
        "## Articles as JSON lines",
        "The way in for articles that another program fetched: UTF-8, one JSON object a line; `title` or a text is "
        "needed. What is not known or not as described is left out and told as a Problem; the rest of the line is "
        f"taken. The [JSON Schema]({ARTICLE_SCHEMA}) lies beside this page.",
        f"```ndjson\n{article_examples}\n```",
        "An article without `url` is known by its `publisher` and `id` (`urn:article:the-kestrel-post:ferry-2`). "
        "Without an `id` too, it is known by its words, and changed words are another article. Times may be written in "
        "any usual form; one without a zone is taken as UTC, and we are less sure of it.",
        "In place of a line there may be an article as schema.org's JSON-LD: `NewsArticle` and its kin, one, a list or "
        "a `@graph`, in a line or as a whole file. `headline`, `description`, `articleBody`, `datePublished`, "
        "`dateModified`, `author`, `publisher`, `inLanguage`, `articleSection`, `keywords`, `image`, `url` and "
        "`mainEntityOfPage` are read.",
        *(part for kind in (ArticleLine, LineParagraph, LineAuthor, LineImage) for part in _schema_table(kind)),
        "## Feeds, sitemaps and lists",
        "RSS from 0.9 to 2.0, Atom and JSON Feed; sitemaps, news sitemaps and their indexes, as XML or text; OPML of "
        "any version; lists of addresses: one a line, and a `#` at a line's beginning or behind a space begins a "
        "comment. The text of a feed's item counts as the article's whole text from `feeds.whole_from` characters on, "
        "if it does not end in mid-thought; else it is the summary of the page behind it. A sitemap's `lastmod` is the "
        "time of a change, never that of publication.",
        "## A published site",
        f"Each page is there as {suffixes}; events in general, entities, topics and categories have feeds, {feeds}.",
        _table(
            ("file", "what it is"),
            [
                ("`news/YYYY/MM/DD/SLUG`", "an event; this is its permalink, which never changes"),
                ("`news/YYYY/MM/DD/index`", "a day"),
                ("`news/YYYY/MM/index`", "a month"),
                ("`news/YYYY/index`", "a year"),
                ("`context/SLUG`", "an entity: its events in time, with whom it appears, its aliases"),
                ("`topic/SLUG`", "the events under a topic"),
                ("`category/SLUG`", "the events of a category"),
                ("`source/SLUG`", "the events that cite a publisher"),
                *fixed,
                ("`images/`", "cover images whose bytes were captured"),
                ("`static/`", "style sheet, scripts, their licence and digest"),
                (f"`search/{INDEX_NAME}`", "list of the search files"),
                (f"`search/{shard_name(_DAY)}.json`", "what search knows of a quarter; one file for each"),
                (f"`{SCHEMA_PATH}.json`", "JSON Schema (2020-12) of every page's `.json`"),
                (f"`{SCHEMA_PATH}.xsd`", f"XML Schema of every page's `.xml`, in the namespace `{NAMESPACE}`"),
                ("`robots.txt`", "everything may be read"),
                ("`sitemap.xml`, `sitemap-….xml`, `opensearch.xml`", "only where `chronicle.base_url` is set"),
                ("`.diurna/`", "what the next `diurna publish` needs; no part of the site, do not serve it"),
            ],
        ),
        "## Sections of a page",
        "The `sections` of a page's JSON are objects, told apart by the key `section`; in XML the element is named so. "
        "Empty fields are left out.",
        _table(
            ("section", "what it holds"),
            [(_code(kind.__struct_config__.tag), _docstring(kind)) for kind in SECTION_TYPES],
        ),
    )


def _schema_table(kind: type[Struct]) -> Iterator[str | list[str]]:
    yield f"### {kind.__name__}"
    yield _docstring(kind)
    described = msgspec.json.schema(kind)["$defs"][kind.__name__]["properties"]
    yield _table(
        ("field", "type", "default", "meaning"),
        [
            (_code(field.encode_name), _type(field.type), _default(field), _description(field, described))
            for field in msgspec.structs.fields(kind)
        ],
    )


def _description(field: msgspec.structs.FieldInfo, described: dict[str, Any]) -> str:
    return str(described[field.encode_name].get("description", ""))


def _line_schema(kind: type[Struct]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(kind)}
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


def _records() -> str:
    kinds = (
        ("Primary", primary, "What came in, as it came: appended, never changed, never lost."),
        (
            "Derived",
            derived,
            "What components made of primary records, keyed by input and component version. A *person's* Judgement is "
            "a primary record.",
        ),
        (
            "Views",
            views,
            "Computed from the other two; `diurna rebuild` throws them away and makes the same ones again.",
        ),
        ("Parts", parts, "Small values that records are made of. None has an identity of its own."),
    )
    sections: list[str | list[str]] = []
    for title, module, words in kinds:
        sections += [f"## {title}", words]
        for name in module.__all__:
            kind = getattr(module, name)
            if isinstance(kind, type) and issubclass(kind, Struct):
                sections += [f"### {name}", _docstring(kind), _fields(kind)]
    return _page(
        "Records",
        "The nouns of Diurna and their fields. Ids are digests of what a record says; `kind:id` is a reference to it. "
        "What each noun means to a reader of a chronicle stands in [nouns](../nouns.md).",
        *sections,
    )


def _fields(kind: type[Struct]) -> list[str]:
    return _table(
        ("field", "type", "default"),
        [(_code(field.name), _type(field.type), _default(field)) for field in msgspec.structs.fields(kind)],
    )


def _components() -> str:
    return _page(
        "Components",
        "The parts that make records. The number behind a name is the component's version, an integer raised by hand "
        "when its output changes; it stands in what the component made.",
        _table(
            ("stage", "component", "reads", "writes"),
            [
                (part.stage, _code(part.name), ", ".join(map(_linked, part.reads)), _linked(part.writes))
                for part in COMPONENTS
            ],
        ),
        "To add one, see [CONTRIBUTING](../../CONTRIBUTING.md#add-a-component).",
        "## Components of spaCy pipelines",
        'What `enrich` is made of works in your own spaCy pipeline too, by name: `nlp.add_pipe("diurna_times")`, with '
        "settings as `config={...}`. Each leaves what it finds on the document, its spans in characters of the text. "
        "[Who says what](../howto/who-says-what.md) has an example.",
        _table(("component", "what it does", "needs", "leaves", "settings"), list(_spacy_components())),
    )


def _spacy_components() -> Iterator[tuple[str, ...]]:
    """Components that the project's entry points offer to spaCy, as their factories describe themselves."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    tables = {key.name for key in msgspec.structs.fields(EnrichSettings) if _is_table(key.type)}
    for name, place in project["entry-points"]["spacy_factories"].items():
        module, _, maker = place.partition(":")
        factory = getattr(importlib.import_module(module), maker)
        made = get_type_hints(factory)["return"]
        meta = Language.get_factory_meta(name)
        table = name.removeprefix("diurna_")
        settings = f"[`[enrich.{table}]`](configuration.md#enrich{table})" if meta.default_config else ""
        if bool(settings) != (table in tables) and table != "entities":
            raise LookupError(f"{name} and the table [enrich.{table}] of settings do not go together.")
        yield (
            _code(name),
            (inspect.getdoc(made if isinstance(made, type) else factory) or "").partition("\n")[0],
            ", ".join(map(_code, meta.requires)),
            ", ".join(map(_code, meta.assigns)),
            settings,
        )


def _linked(noun: str) -> str:
    return f"[{noun}](records.md#{noun.lower()})"


# ---------------------------------------------------------------------------------------------------- files

_MAKERS: dict[str, Callable[[], str]] = {
    "cli.md": _cli,
    "components.md": _components,
    "configuration.md": _configuration,
    ARTICLE_SCHEMA: lambda: _line_schema(ArticleLine),
    ENTRY_SCHEMA: lambda: _line_schema(EntryLine),
    "formats.md": _formats,
    "records.md": _records,
}


def references() -> dict[str, str]:
    """The text of every generated file, by its name in `docs/reference/`."""
    return {name: make() for name, make in _MAKERS.items()}


def stale(folder: Path = FOLDER) -> list[str]:
    """Names of generated files that are missing, not as the code would have them, or left over."""
    wanted = references()
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} if folder.is_dir() else {}
    return sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))


def write(folder: Path = FOLDER) -> None:
    """Write all generated files, and remove what is none of them."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = references()
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Write the reference, or hold it against the code with `--check`."""
    parser = argparse.ArgumentParser(description="Write docs/reference/ from the code.")
    parser.add_argument("--check", action="store_true", help="Write nothing; fail where a file is stale.")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="Folder to write or check instead.")
    asked = parser.parse_args(arguments)
    if not asked.check:
        write(asked.folder)
        return 0
    found = stale(asked.folder)
    for name in found:
        print(
            f"docs/reference/{name} is not what the code says. Run `make docs`, and commit what it wrote.",
            file=sys.stderr,
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
