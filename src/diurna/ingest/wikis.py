"""Addresses on a MediaWiki site, built from the `base` that the site names: its main page."""

from urllib.parse import quote, urlsplit

__all__ = ["site_of", "version_url"]

_SAFE = "/:@!$*(),;~'"


def _usable(base: str) -> str:
    url = "https:" + base if base.startswith("//") else base
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""


def site_of(base: str) -> str:
    """Host of a wiki; empty where the base is no web address."""
    return urlsplit(_usable(base)).hostname or ""


def version_url(base: str, title: str, number: int | None) -> str:
    """Permanent address of one version of a page, the same whether it came by export or by the API.

    Doctest:
        >>> version_url("https://en.wikipedia.org/wiki/Main_Page", "Portal:Current events/2017 May 22", 7)
        'https://en.wikipedia.org/wiki/Portal:Current_events/2017_May_22?oldid=7'
    """
    url = _usable(base)
    if not url:
        return ""
    name = quote(title.replace(" ", "_"), safe=_SAFE)
    path, question, _ = url.partition("?")
    if question:
        return f"{path}?title={name}" + ("" if number is None else f"&oldid={number}")
    return f"{path.rpartition('/')[0]}/{name}" + ("" if number is None else f"?oldid={number}")
