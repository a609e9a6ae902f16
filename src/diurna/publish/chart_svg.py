"""A Vega-Lite specification as SVG that stands in a page: drawn by vl-convert, and let in element by element.

The picture takes the colour and the font of the text around it, has no style, script or address of its own, and is the
same wherever it is drawn.
"""

import logging
import re
from functools import lru_cache
from html import escape

from lxml import etree

__all__ = ["chart_svg"]

_logger = logging.getLogger(__name__)

_ELEMENTS = frozenset(("g", "path", "line", "text", "rect"))
_ATTRIBUTES = frozenset(
    (
        "d",
        "fill",
        "font-size",
        "height",
        "opacity",
        "stroke",
        "stroke-dasharray",
        "stroke-miterlimit",
        "stroke-opacity",
        "stroke-width",
        "text-anchor",
        "transform",
        "width",
        "x",
        "x1",
        "x2",
        "y",
        "y1",
        "y2",
    )
)
_LONG = re.compile(r"(\d+\.\d\d)\d+")
_NAMESPACE = "{http://www.w3.org/2000/svg}"


@lru_cache(maxsize=64)
def chart_svg(spec: str, title: str, description: str) -> str:
    """Draw a specification; empty where vl-convert is missing or cannot."""
    try:
        import vl_convert  # it brings a JavaScript engine, which takes half a second to start

        drawn = vl_convert.vegalite_to_svg(spec)
    except (ImportError, ValueError, OSError, RuntimeError) as error:
        _logger.warning("A picture of “%s” could not be drawn: %s", title, error)
        return ""
    root = etree.fromstring(drawn.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    inner = "".join(_inner(child) for child in root)
    box = escape(root.get("viewBox", ""))
    size = f'width="{escape(root.get("width", ""))}" height="{escape(root.get("height", ""))}" viewBox="{box}"'
    told = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f'<svg role="img" {size}>{told}{inner}</svg>'


def _inner(element: etree._Element) -> str:
    """An element with what a picture may have; what draws nothing is left out."""
    name = str(element.tag).removeprefix(_NAMESPACE)
    if name not in _ELEMENTS or element.get("class") in ("background", "foreground"):
        return ""
    inner = "".join(_inner(child) for child in element) + (escape(element.text) if element.text else "")
    if name == "g" and not inner:
        return ""
    given = [(key, _LONG.sub(r"\1", str(value))) for key, value in element.items() if key in _ATTRIBUTES]
    kept = "".join(f' {key}="{escape(value)}"' for key, value in given if (key, value) != ("opacity", "1"))
    return inner if name == "g" and not kept else f"<{name}{kept}>{inner}</{name}>"
