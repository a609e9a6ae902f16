"""What `show` says of what was understood of an article: its text with marks, and tables of what was found."""

from typing import TYPE_CHECKING

from diurna.cli.console import Block, Lines, Marked, Table
from diurna.cli.show import filled
from diurna.group.membership import Membership
from diurna.model import Article, Mention, Report, Span

if TYPE_CHECKING:
    from diurna.publish.understood import Understood
    from diurna.runners import Chronicle

__all__ = ["explained_names", "marked_text", "understood_of", "understood_tables"]

_LONGEST_SHOWN = 6_000
"""Characters of the text that `show` gives; `--json` gives all."""


def understood_of(chronicle: "Chronicle", article: Article, report: Report | None = None) -> "Understood | None":
    """What was understood of an article, as people decided it; with a report also of which event each claim is."""
    from diurna.enrich.entities.merging import Merges
    from diurna.publish.claim_events import claim_events
    from diurna.publish.readings import places_of
    from diurna.publish.understood import Understood

    annotation = chronicle.pipeline.understanding.of(article.id)
    if annotation is None:
        return None
    views, membership = chronicle.store.views, Membership(chronicle.store.facts)
    places = places_of(report, views, membership) if report is not None else ()
    return Understood(annotation, views, Merges(membership.judgements), claim_events(article, annotation, places))


def marked_text(article: Article, understood: "Understood | None", title: str) -> Marked:
    """The article's text with marks on names, times, quantities and statements."""
    from diurna.publish.marks import markings, pieces

    text = article.text
    marked = markings(understood.annotation) if understood is not None else []
    starts = {"heading": "## ", "quote": "> ", "item": "- "}
    lines: list[list[tuple[str, tuple[str, ...]]]] = []
    at = 0
    for paragraph in article.paragraphs:
        if at > _LONGEST_SHOWN:
            lines.append([(f"… {len(text) - at:,} more characters: --json gives all", ())])
            break
        end = at + len(paragraph.text)
        line: list[tuple[str, tuple[str, ...]]] = [(starts.get(paragraph.kind, ""), ())]
        line += [
            (piece.text, tuple(mark.kind for mark in piece.marks)) for piece in pieces(text, marked, Span(at, end))
        ]
        lines.append(line)
        at = end + 2
    return Marked(lines, title)


def understood_tables(article: Article, understood: "Understood") -> list[Block]:
    """Who says what, figures, names and times, each as a table."""
    from diurna.publish.understood_sections import figure_lines, name_lines, statement_lines, time_lines
    from diurna.publish.understood_words import FORCES

    said = [
        (
            " ← ".join(line.chain) or "somebody",
            " ".join(
                filter(None, ("not" if line.negated else "", FORCES.get(line.force, line.force), "?" * line.hedged))
            ),
            line.content,
            line.mode,
            line.other_event,
            line.claim,
        )
        for line in statement_lines(understood, article)
    ]
    given = [
        (
            line.attribute,
            line.words,
            line.means,
            line.subject,
            " ← ".join(line.chain),
            ", ".join(filter(None, ("denied" if line.negated else "", "unsure" if line.hedged else ""))),
            line.other_event,
            line.claim,
        )
        for line in figure_lines(understood, article)
    ]
    names = [
        (
            line.name,
            line.kind,
            ", ".join(line.words),
            str(line.times),
            line.entity or "; or ".join(f"{one.name} ({one.score:.2f}: {one.because})" for one in line.readings),
        )
        for line in name_lines(understood)
    ]
    times = [(line.words, line.means, line.type, line.value, line.mod, line.anchor) for line in time_lines(understood)]
    tables = filled(
        Table(("chain", "force", "what is said", "mode", "event", "reference"), said, "Who says what"),
        Table(
            ("what", "in the text", "means", "of what", "who says so", "doubt", "event", "reference"), given, "Figures"
        ),
        Table(("name", "kind", "in the text as", "times", "reference"), names, "Who and what is named"),
        Table(("in the text", "means", "type", "value", "mod", "against"), times, "Times"),
    )
    return [*tables] if tables else [Lines(["Nothing was found in it."])]


def _verdict(understood: "Understood", mention: Mention) -> str:
    """Whether the best candidate of a mention is meant, or who else is, as people decided."""
    standing = understood.meant(mention)
    if not standing:
        return "not sure"
    if standing == mention.candidates[0].ref:
        return "meant"
    return f"people decided: {understood.naming(standing, mention).name}"


def explained_names(chronicle: "Chronicle", article: Article) -> Table:
    """Every different name of an article with what it may stand for, and why."""
    understood = understood_of(chronicle, article)
    rows: dict[tuple[str, ...], tuple[str, ...]] = {}
    for mention in understood.annotation.mentions if understood is not None else ():
        known = {naming.ref: naming.name for naming in understood.annotation.namings} if understood else {}
        for place, one in enumerate(mention.candidates):
            key = (mention.text, one.ref, one.because)
            verdict = _verdict(understood, mention) if not place and understood is not None else ""
            row = (mention.text, known.get(one.ref, one.ref), f"{one.score:.2f}", one.because, verdict)
            rows.setdefault(key, (*row, f"mention:{mention.id}"))
    return Table(
        ("in the text", "may name", "score", "because", "", "reference"), list(rows.values()), "Whom and what it names"
    )
