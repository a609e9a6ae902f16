"""Texts that want to be more than text, in whatever format they are put."""

from diurna.model import Change, Citation, Event, Image, Lede, Origin, Tag, Topic, Where
from tests.publish.fake_views import KIM, make_event

HOSTILE = [
    "[click](javascript:alert(1))",
    "![x](https://evil.example/a.png)",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "`code` ``more`` ```fence```",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "> quote",
    "=====",
    "-----",
    "***",
    "___",
    "a | b | c",
    "|---|",
    "line one\n\n# line two\n- three\r\n\r\n    four",
    "a\u2028b\u2029c\x85d\x0be\x0cf",
    "nul \x00 bell \x07 escape \x1b[31m delete \x7f",
    "*emphasis* __strong__ ~~struck~~",
    "&lt;b&gt; &amp;amp; &#35; &copy;",
    "<https://evil.example>",
    "https://evil.example and www.evil.example and a@evil.example",
    "\\[x\\](y)",
    "[ref]: https://evil.example",
    "]]> <!-- --> <?php ?> <![CDATA[ x",
    "'\"><svg onload=alert(1)>",
    "[^1]: note",
    "Hello!",
    "../../../etc/passwd",
    "[bold red]rich[/]",
    "\ufffe\uffff\U0010ffff",
]


def hostile_event(identifier: str, text: str) -> Event:
    """An event that carries a text wherever an event can carry any."""
    return make_event(
        identifier,
        headline=text,
        category=text,
        located=Where("entity:e", text, "city", "in"),
        topics=(Topic(text),),
        entities=(KIM, Tag("entity:hostile", text), Tag("entity:hostile", text, "topic")),
        citations=(Citation("https://paper.example/x)y](z", text, via=text, title=text), Citation(text, text)),
        lede=Lede(text, text, text),
        cover=Image("https://paper.example/a.png", caption=text, credit=text, alt=text),
        changes=(Change("edited", None, text, before=text, after=text, reason=text),),
        origins=(Origin(text, text, text, 1, text),),
    )
