"""Second opinions on a page's text: what trafilatura makes of the same parsed page, in the modes that differ most."""

import logging

from lxml import etree

__all__ = ["MODES", "ask"]

MODES = ("balanced", "precise")

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs every page in which it finds nothing


def ask(root: etree._Element) -> dict[str, str] | None:
    """The text that trafilatura finds in each of `MODES`; None where it cannot read the page.

    It works on copies, and its memory of earlier pages stays off, so the order of pages does not matter.
    """
    from trafilatura import bare_extraction  # 0.4 seconds to import, and bulk reading needs none of it

    opinions: dict[str, str] = {}
    try:
        for mode in MODES:
            document = bare_extraction(
                root, favor_precision=mode == "precise", include_comments=False, deduplicate=False, with_metadata=False
            )
            text = getattr(document, "text", None)
            opinions[mode] = text if isinstance(text, str) else ""
    except (etree.LxmlError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError):
        return None  # faults of trafilatura on odd markup
    return opinions
