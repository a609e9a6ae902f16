"""Importing this module declares what Diurna's components leave on a spaCy document: `doc._.diurna_…`."""

from datetime import datetime

from spacy.tokens import Doc

__all__ = ["EXTENSIONS"]

_PUBLISHED: datetime | None = None

EXTENSIONS = {
    "diurna_published": _PUBLISHED,  # when the article was published, in UTC: the anchor of times
    "diurna_names": (),
    "diurna_times": (),
    "diurna_quantities": (),
    "diurna_statements": (),
    "diurna_figures": (),
}

for _name, _default in EXTENSIONS.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)
