"""Second opinions on a page's text: what trafilatura, and the readability algorithm that comes with it, make of it."""

import logging
from contextlib import suppress
from copy import deepcopy

from lxml import etree, html

__all__ = ["ask"]

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs every page in which it finds nothing
logging.getLogger("readability.readability").setLevel(logging.CRITICAL)

# What they raise on odd markup, as their code shows; anything else is a bug that must be seen.
_FAULTS = (etree.LxmlError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)


def ask(root: etree._Element) -> dict[str, str]:
    """Texts of the page by the name of the opinion; one that cannot read the page is left out.

    They work on copies of the parsed page, and trafilatura's memory of earlier pages stays off, so the order of pages
    does not matter.
    """
    from trafilatura import bare_extraction  # 0.4 seconds to import, and bulk reading needs none of it

    opinions: dict[str, str] = {}
    for name in ("balanced", "precise", "quick"):
        options: dict[str, bool] = {"favor_precision": name == "precise", "fast": name == "quick"}
        try:
            document = bare_extraction(root, include_comments=False, **options)  # type: ignore[arg-type]
        except _FAULTS:
            continue
        text = getattr(document, "text", None)
        opinions[name] = text if isinstance(text, str) else ""
    with suppress(*_FAULTS):
        opinions["readability"] = _readability(root)
    return opinions


def _readability(root: etree._Element) -> str:
    from trafilatura.readability_lxml import Document

    summary = Document(deepcopy(root)).summary()
    return " ".join(str(piece) for piece in html.fromstring(summary).itertext()) if summary.strip() else ""
