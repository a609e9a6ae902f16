"""Facts of the sets `claims`, read out of the figures that the project's own components find."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bench.chronicles import read_rows
from diurna.enrich.figures.parties import lead_toll

__all__ = ["claim_pipeline", "predict_claims", "predict_conflicts", "read_fact"]

COMPONENTS = ("diurna_sentences", "diurna_times", "diurna_quantities", "diurna_figures")
COMPARED = ("actor", "civilians", "noncivilians", "children", "women")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OPENING, _PASSAGE = 400, 1200
# Syria's governorates as the set names them, with other spellings and their best known towns.
PLACES = {
    "aleppo": ("aleppo", "kobane", "kobani", "ain al-arab", "manbij", "al-bab", "marea", "jarabulus", "azaz", "afrin"),
    "damascus": ("damascus", "ghouta", "douma", "yarmouk", "jobar", "zabadani", "daraya", "harasta", "moadamiya"),
    "daraa": ("daraa", "deraa", "dera'a"),
    "deir ezzor": (
        "deir ezzor",
        "deir al-zor",
        "deir el-zour",
        "deir az-zor",
        "deir ez-zor",
        "deir al-zour",
        "mayadin",
    ),
    "hama": ("hama", "salamiyeh"),
    "hasakeh": ("hasakeh", "hasaka", "hassakeh", "hasakah", "hassakah", "qamishli", "ras al-ain", "al-hol"),
    "homs": ("homs", "palmyra", "tadmur", "qusayr", "qusair"),
    "idlib": ("idlib", "ariha", "maarat", "jisr al-shughur", "jisr al-shughour", "saraqeb"),
    "lattakia": ("latakia", "lattakia", "qardaha"),
    "quneitra": ("quneitra", "golan"),
    "raqqa": ("raqqa", "raqa", "tabqa", "tabaqa"),
}
CAUSES = (
    ("chemical and toxic gases", r"chemical|toxic gas|poison gas|sarin|nerve gas|chlorine|mustard"),
    ("execution", r"execut|behead|crucif|stoned"),
    ("explosion", r"car bomb|suicide|blew|explosi|bomber|mine\b|landmine|blast|detonat|booby"),
    (
        "shelling",
        r"air ?strike|air raid|raid|strike|shell|bombard|barrel bomb|warplane|mortar|rocket|missile|bombing|bombs",
    ),
    ("shooting", r"shot|gunfire|sniper|clash|fighting|gunm|ambush|battle|opened fire"),
)
ACTORS = (
    ("international coalition forces", r"coalition|US-led|U\.S\.-led|US strikes|US air|American"),
    (
        "syrian government or russian troops",
        r"regime|government|army|Assad|Russia|warplane|barrel bomb|helicopter|military|troops",
    ),
    ("the organization of the islamic state in iraq and the levant - isis", r"Islamic State|\bIS\b|ISIS|ISIL|Daesh"),
    ("al-nusra front", r"Nusra"),
    ("self administration forces", r"Kurdish|\bYPG\b|Kurds"),
    ("armed opposition groups", r"rebel|opposition|insurgent|Free Syrian Army|FSA"),
)


def claim_pipeline() -> Language:
    """The pipeline that finds figures; without a model, since names are not needed for them."""
    nlp = spacy.blank("en")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def predict_claims(folder: Path) -> Iterator[dict[str, Any]]:
    """One fact for each article: the event that it leads with."""
    nlp = claim_pipeline()
    for row in read_rows(next(folder.glob("articles.jsonl*"))):
        title, text = row.get("title") or "", row["text"]
        doc = nlp(f"{title}.\n\n{text}" if title and not text.startswith(title) else text)
        yield {"id": row["id"], "facts": [read_fact(doc)]}


def predict_conflicts(folder: Path, facts: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """On what the reports of each group differ, by the facts that were read out of them.

    Values that are wanting (0 dead, an unknown actor) are no disagreement.
    """
    for row in read_rows(next(folder.glob("groups.jsonl*"))):
        told = [facts[article] for article in row["articles"] if article in facts]
        values = {name: {one[name] for one in told} - {0, "unknown"} for name in COMPARED}
        yield {"group": row["articles"], "conflicts": [name for name in COMPARED if len(values[name]) > 1]}


def read_fact(doc: Doc) -> dict[str, Any]:
    """The fact of the event that a report leads with, in the form of the set."""
    text = doc.text
    toll = lead_toll(doc._.diurna_figures, text)
    lead = text[:_OPENING]
    told = [one for one in doc._.diurna_figures if one.measured.start < _PASSAGE]
    agents = [text[one.measured.start : one.measured.end] for one in told if one.attribute == "perpetrator"]
    causes = [text[one.measured.start : one.measured.end] for one in told if one.attribute == "cause"]
    return {
        "date": _day(doc),
        "place": _place(text),
        "actor": _first_rule(ACTORS, *agents, *causes, lead),
        "cause": _first_rule(CAUSES, lead, *causes),
        "civilians": toll.civilians or 0,
        "noncivilians": toll.fighters or 0,
        "children": toll.children or 0,
        "women": toll.women or 0,
    }


def _day(doc: Doc) -> str:
    """The first full date that the opening gives: the article's day, which the set's dates nearly always are."""
    for time in doc._.diurna_times:
        if time.span.start > _OPENING:
            break
        if time.timex.anchor == "itself" and _DAY.fullmatch(time.timex.value[:10]):
            return str(time.timex.value[:10])
    return "unknown"


def _place(text: str) -> str:
    lower = text.lower()
    found = [(at, name) for name, forms in PLACES.items() for form in forms if (at := lower.find(form)) >= 0]
    return min(found)[1] if found else "unknown"


def _first_rule(rules: tuple[tuple[str, str], ...], *texts: str) -> str:
    """The name of the first rule that fits the first of the texts that any fits."""
    return next((name for text in texts for name, pattern in rules if re.search(pattern, text)), "unknown")
