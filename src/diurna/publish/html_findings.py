"""What is stated of an event as HTML: values that a reader can see in other units, times in other zones, and pictures.

Without a script a page shows what was printed. `static/switches.js` shows the radio buttons, which stand hidden, and
puts beside what was printed what `data-metric`, `data-imperial` and `data-time` have.
"""

from datetime import UTC, datetime
from html import escape

from diurna.publish.blocks import Cell, Chart, Charts, Switches
from diurna.publish.chart_svg import chart_svg
from diurna.publish.html_place import Place

__all__ = ["cell_words", "charts", "switches"]


def cell_words(cell: Cell) -> str:
    """What stands in a cell: its values, each with what it is in other units, and its time."""
    words = escape(cell.text)
    if cell.values:
        shown = " / ".join(_value(one.text, one.metric, one.imperial, one.time) for one in cell.values)
        words = f"{shown}{escape(cell.after)}"
    if cell.when is not None:
        words = f"{words}, {_moment(cell.when)}" if words else _moment(cell.when)
    return words


def _value(text: str, metric: str, imperial: str, time: datetime | None) -> str:
    told = [("metric", metric), ("imperial", imperial), ("time", _stamp(time) if time is not None else "")]
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in told if value)
    return f"<span{data}>{escape(text)}</span>" if data else escape(text)


def _moment(when: datetime) -> str:
    return f'<time datetime="{_stamp(when)}">{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC</time>'


def _stamp(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M}Z"


def switches(block: Switches, level: int, place: Place) -> str:
    """Radio buttons for units and times, hidden until the script shows them."""
    units = (("", "as written"), ("metric", "metric"), ("imperial", "imperial")) if block.units else ()
    local = ((block.zone, f"of {block.place}"),) if block.zone else ()
    times = (("", "as written, else UTC"), ("UTC", "UTC"), *local, ("yours", "yours")) if block.times else ()
    groups = _group("units", "Units", units) + _group("times", "Times", times)
    return f'<div class="switches" hidden>\n{groups}</div>\n' if groups else ""


def _group(name: str, title: str, choices: tuple[tuple[str, str], ...]) -> str:
    buttons = "".join(
        f'<label><input type="radio" name="{name}" value="{escape(value)}"{"" if at else " checked"}> '
        f"{escape(words)}</label>\n"
        for at, (value, words) in enumerate(choices)
    )
    return f"<fieldset>\n<legend>{title}</legend>\n{buttons}</fieldset>\n" if buttons else ""


def charts(block: Charts, level: int, place: Place) -> str:
    """Pictures beside each other; one that could not be drawn says so, and the table below has its values."""
    return f'<div class="charts">\n{"".join(map(_chart, block.charts))}</div>\n'


def _chart(chart: Chart) -> str:
    drawn = chart_svg(chart.spec, chart.title, chart.description)
    note = f" {escape(chart.note)}" if chart.note else ""
    if not drawn:
        return f'<p class="note">{escape(chart.title)}: the picture could not be drawn; the table has the values.</p>\n'
    return f"<figure>\n{drawn}\n<figcaption>{escape(chart.title)}.{note}</figcaption>\n</figure>\n"
