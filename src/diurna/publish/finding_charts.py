"""Pictures of what is stated in numbers: values with their bounds on one axis by origin, and over time if they move.

Each is a Vega-Lite specification, made by a pure function and shown in the page's data. Nothing in it is of one colour
or another, so that it reads on paper, in the dark and without colours: one exact value is a dot, a range a line between
two strokes, an open bound an arrow, a denied value a dashed line. All places are given in pixels, so that the fonts of
a machine change nothing.
"""

import math
from collections.abc import Sequence
from datetime import UTC
from typing import Any

import msgspec
from msgspec import Struct

from diurna.enrich.quantities.units import in_system, normalised
from diurna.model import Finding, Quantity, Stated
from diurna.publish.understood_words import number_words, plural_unit
from diurna.publish.wording import counted, one_line
from diurna.reconcile.attributes import moves

__all__ = ["ChartLine", "charts_of"]

_MOST = 4
"""Pictures on a page, of what is shown first; each takes 30 ms and 5 kB."""

_PICTURED = ("contradicted", "denied", "corrected", "withdrawn", "updated", "refined")
"""States in which there is something to see; of what agrees the values are near each other."""

_ROWS = 10
_WIDTH, _ROW, _LETTERS = 300, 36, 42
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_INK = "currentColor"

# Units in which figures of a kind are shown, by how many of the unit that they are compared in one has; largest first.
_SHOWN = {
    "metre": ((1000.0, "kilometre"), (1.0, "metre")),
    "square metre": ((1e6, "square kilometre"), (1e4, "hectare"), (1.0, "square metre")),
    "kilogram": ((1000.0, "tonne"), (1.0, "kilogram")),
    "second": ((86400.0, "day"), (3600.0, "hour"), (60.0, "minute"), (1.0, "second")),
}
_BIG = ((1e9, "billion"), (1e6, "million"))


class ChartLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Picture of a finding: what it shows, the same in words, and its Vega-Lite specification as JSON."""

    finding: str
    title: str
    description: str
    spec: str
    note: str = ""


class _Axis(Struct, frozen=True):
    """Axis of values: the unit shown, how many of the unit compared in one of it has, its ends, as in the data."""

    unit: str
    factor: float
    low: float
    high: float


def charts_of(found: Sequence[Finding]) -> tuple[ChartLine, ...]:
    """Pictures of the first findings that give two values or more; of one that moves also over time."""
    made: list[ChartLine] = []
    for finding in found:
        told = [one for one in finding.statements if one.lower is not None or one.upper is not None]
        if (
            finding.kind != "number"
            or finding.state not in _PICTURED
            or len({(one.lower, one.upper) for one in told}) < 2
        ):
            continue
        axis = _axis(finding.unit, told)
        made.append(_by_origin(finding, told, axis))
        times = {one.at for one in told if one.at is not None}
        if finding.state == "updated" and moves(finding.attribute) and len(times) > 1:
            made.append(_over_time(finding, told, axis))
        if len(made) >= _MOST:
            break
    return tuple(made[:_MOST])


def _axis(unit: str, told: Sequence[Stated]) -> _Axis:
    ends = [end for one in told for end in (one.lower, one.upper) if end is not None]
    low, high = min(ends), max(ends)
    largest = max(abs(low), abs(high))
    shown = _SHOWN.get(unit) or (
        *((size, f"{word} {plural_unit(unit, size)}".strip()) for size, word in _BIG),
        (1.0, unit),
    )
    factor, name = next((pair for pair in shown if largest >= pair[0]), shown[-1])
    room = 0.12 * (high - low) or 0.5 * largest or 1.0
    start = 0.0 if 0 <= low < 0.6 * high else low - room
    return _Axis(name, factor, start / factor, (high + room) / factor)


def _by_origin(finding: Finding, told: Sequence[Stated], axis: _Axis) -> ChartLine:
    """The values on one axis, each with its bounds, in the order in which they were published."""
    rows: dict[tuple[str, float | None, float | None], Stated] = {}
    for one in told:
        rows.setdefault((one.origin, one.lower, one.upper), one)
    shown = list(rows.values())[:_ROWS]
    left = len(rows) - len(shown)
    labels, bars, ends = [], [], []
    for number, one in enumerate(shown):
        labels.append({"y": number + 0.36, "label": _cut(f"{one_line(one.origin)}: {_said(one)}")})
        low = axis.low if one.lower is None else one.lower / axis.factor
        high = axis.high if one.upper is None else one.upper / axis.factor
        bars.append({"y": number + 0.68, "from": _round(low), "to": _round(high), "denied": one.denied})
        ends += _ends(one, low, high, number + 0.68)
    height = _ROW * len(shown)
    other = _other_axis(axis)
    y_scale = {"domain": [0, len(shown)], "range": [0, height], "nice": False, "zero": False}
    y: dict[str, Any] = {"field": "y", "type": "quantitative", "scale": y_scale, "axis": None}
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": bars},
            "mark": {"type": "rule", "color": _INK, "strokeWidth": 2},
            "encoding": {
                "x": {
                    "field": "from",
                    "type": "quantitative",
                    "scale": _scale(axis),
                    "axis": _value_axis(axis, finding.attribute),
                },
                "x2": {"field": "to"},
                "y": y,
                "strokeDash": {"condition": {"test": "datum.denied", "value": [4, 4]}, "value": [1, 0]},
            },
        },
        {
            "data": {"values": ends},
            "mark": {"type": "point", "color": _INK, "fill": _INK, "size": 70, "strokeWidth": 2, "opacity": 1},
            "encoding": {
                "x": {"field": "x", "type": "quantitative"},
                "y": y,
                "shape": {"field": "shape", "type": "nominal", "scale": None},
            },
        },
        {
            "data": {"values": labels},
            "mark": {"type": "text", "align": "left", "color": _INK, "fontSize": 12},
            "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "label"}},
        },
    ]
    if other:
        layers += _top_axis(other)
    spec = _spec(height, layers, top=34 if other else 4)
    return ChartLine(
        finding=f"finding:{finding.id}",
        title=f"{_name(finding)}: the values stated, by origin",
        description=_description(axis, shown),
        spec=spec,
        note=f"The page’s data has {counted(left, 'more value')}." if left else "",
    )


def _ends(one: Stated, low: float, high: float, y: float) -> list[dict[str, Any]]:
    """Signs at the ends of a value: one dot where it is exact, strokes where it is bounded, arrows where it is open."""
    if one.lower is not None and one.lower == one.upper:
        return [{"y": y, "x": _round(low), "shape": "circle"}]
    return [
        {"y": y, "x": _round(low), "shape": "triangle-left" if one.lower is None else "M0,-1L0,1"},
        {"y": y, "x": _round(high), "shape": "triangle-right" if one.upper is None else "M0,-1L0,1"},
    ]


_SIGNS = ("circle", "square", "diamond", "cross")


def _over_time(finding: Finding, told: Sequence[Stated], axis: _Axis) -> ChartLine:
    """The values by the time at which they were published: each origin has a sign of its own; nothing is joined."""
    dated = [one for one in told if one.at is not None]
    origins = list(dict.fromkeys(one.origin for one in dated))[: 2 * len(_SIGNS)]
    key_height, height = 18 * len(origins), 130
    signs, bars, key = [], [], []
    for number, origin in enumerate(origins):
        sign, filled = _SIGNS[number % len(_SIGNS)], number < len(_SIGNS)
        key.append(
            {
                "y": -14 - 18 * (len(origins) - 1 - number),
                "label": _cut(one_line(origin)),
                "shape": sign,
                "filled": filled,
            }
        )
        for one in dated:
            if one.origin != origin or one.at is None:
                continue
            at = one.at.astimezone(UTC).isoformat()
            low = axis.low if one.lower is None else one.lower / axis.factor
            high = axis.high if one.upper is None else one.upper / axis.factor
            given = dict.fromkeys(bound / axis.factor for bound in (one.lower, one.upper) if bound is not None)
            signs += [{"at": at, "y": _round(bound), "shape": sign, "filled": filled} for bound in given]
            signs += (
                [{"at": at, "y": _round(high), "shape": "triangle-up", "filled": True}] if one.upper is None else []
            )
            signs += (
                [{"at": at, "y": _round(low), "shape": "triangle-down", "filled": True}] if one.lower is None else []
            )
            if low != high:
                bars.append({"at": at, "from": _round(low), "to": _round(high)})
    times = sorted(one.at.astimezone(UTC) for one in dated if one.at is not None)
    room = (times[-1] - times[0]) * 0.22
    x = {
        "field": "at",
        "type": "temporal",
        "scale": {
            "type": "utc",
            "domain": [(times[0] - room).isoformat(), (times[-1] + room).isoformat()],
            "nice": False,
        },
        "axis": {
            **_axis_ink("published, UTC"),
            "values": [times[0].isoformat(), times[-1].isoformat()],
            "format": "%-d %b %H:%M",
        },
    }
    y = {"type": "quantitative", "scale": _scale(axis), "axis": _value_axis(axis, finding.attribute)}
    mark = {"type": "point", "color": _INK, "size": 60, "strokeWidth": 1.5, "opacity": 1}
    shape = {"field": "shape", "type": "nominal", "scale": None}
    fill = {"condition": {"test": "datum.filled", "value": _INK}, "value": "none"}
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": bars},
            "mark": {"type": "rule", "color": _INK, "strokeWidth": 1},
            "encoding": {"x": x, "y": {"field": "from", **y}, "y2": {"field": "to"}},
        },
        {
            "data": {"values": signs},
            "mark": mark,
            "encoding": {"x": x, "y": {"field": "y", **y}, "shape": shape, "fill": fill},
        },
    ]
    for entry in key:
        place = {"x": {"value": 8}, "y": {"value": entry["y"]}}
        layers += [
            {"data": {"values": [entry]}, "mark": mark, "encoding": {**place, "shape": shape, "fill": fill}},
            {
                "data": {"values": [entry]},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "baseline": "middle",
                    "dx": 12,
                    "color": _INK,
                    "fontSize": 12,
                },
                "encoding": {**place, "text": {"field": "label"}},
            },
        ]
    told_times = "; ".join(
        f"{one.at.astimezone(UTC):%Y-%m-%d %H:%M} {one_line(one.origin)}: {_said(one)}"
        for one in dated
        if one.at is not None
    )
    return ChartLine(
        finding=f"finding:{finding.id}",
        title=f"{_name(finding)}: the values stated, by the time of publication",
        description=f"Times in UTC. {told_times}.",
        spec=_spec(height, layers, top=key_height + 10, left=46),
    )


def _spec(height: int, layers: list[dict[str, Any]], top: int, left: int = 8) -> str:
    spec = {
        "$schema": _SCHEMA,
        "autosize": {"type": "none"},
        "padding": {"left": left, "right": 14, "top": top, "bottom": 40},
        "width": _WIDTH - left - 14,
        "height": height,
        "background": None,
        "config": {"view": {"stroke": None}},
        "layer": layers,
    }
    return msgspec.json.encode(spec).decode()


def _scale(axis: _Axis) -> dict[str, Any]:
    return {"domain": [_round(axis.low), _round(axis.high)], "nice": False, "zero": False}


def _value_axis(axis: _Axis, attribute: str) -> dict[str, Any]:
    title = plural_unit(axis.unit, None) if axis.unit else attribute
    return {**_axis_ink(title), "values": _ticks(axis.low, axis.high), "format": ",~r"}


def _axis_ink(title: str) -> dict[str, Any]:
    """An axis in the colour of the text around it, whose labels stay where they are whatever the font."""
    inks = dict.fromkeys(("labelColor", "titleColor", "gridColor", "domainColor", "tickColor"), _INK)
    plain = {"titleFontWeight": "normal", "labelFontSize": 12, "titleFontSize": 12, "gridOpacity": 0.2}
    return {
        "title": title,
        **inks,
        **plain,
        "labelOverlap": False,
        "labelFlush": False,
        "labelLimit": 0,
        "titleLimit": 0,
    }


def _other_axis(axis: _Axis) -> list[dict[str, Any]]:
    """Marks of an axis in the other system of units, each at its place on this one; empty where there is none."""
    one = Quantity(1.0, axis.unit, digits=12)
    metric = in_system(one, "metric")
    unit = (metric if metric.unit != axis.unit else in_system(one, "imperial")).unit
    if unit == axis.unit:
        return []
    low, high = (_converted(end, axis.unit, unit) for end in (axis.low, axis.high))
    name = plural_unit(unit, None)
    ticks = [(tick, _converted(tick, unit, axis.unit)) for tick in _ticks(low, high)]
    return [
        {"x": _round(place), "label": number_words(Quantity(tick, unit)), "unit": name}
        for tick, place in ticks
        if axis.low <= place <= axis.high
    ]


def _converted(value: float, unit: str, to: str) -> float:
    return normalised(Quantity(value, unit, digits=12), to).value or 0.0


def _top_axis(ticks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The other system's axis above the values."""
    place = {"x": {"field": "x", "type": "quantitative"}}
    text = {"type": "text", "color": _INK, "fontSize": 12}
    return [
        {
            "data": {"values": ticks},
            "mark": {"type": "rule", "color": _INK, "strokeWidth": 1},
            "encoding": {**place, "y": {"value": -5}, "y2": {"value": 0}},
        },
        {
            "data": {"values": ticks},
            "mark": {**text, "dy": -12},
            "encoding": {**place, "y": {"value": 0}, "text": {"field": "label"}},
        },
        {
            "data": {"values": ticks[:1]},
            "mark": {**text, "align": "center", "dy": -27},
            "encoding": {"x": {"value": (_WIDTH - 22) / 2}, "y": {"value": 0}, "text": {"field": "unit"}},
        },
    ]


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers between two ends, about four of them."""
    span = (high - low) or 1.0
    size = 10.0 ** math.floor(math.log10(span / 4))
    step = next(size * by for by in (1, 2, 5, 10) if span / (size * by) <= 5)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [_round(number * step) for number in range(first, last + 1)]


def _round(value: float) -> float:
    """A number as the specification has it: seven figures, which no pixel tells apart."""
    return float(f"{value:.7g}")


def _name(finding: Finding) -> str:
    return f"{finding.attribute}: {finding.group}" if finding.group else finding.attribute


def _cut(text: str) -> str:
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1].rstrip()}…"


def _said(one: Stated) -> str:
    doubt = " (denied)" if one.denied else " (looks mistyped)" if one.outlier else ""
    return f"“{one_line(one.words)}”{doubt}"


def _description(axis: _Axis, shown: Sequence[Stated]) -> str:
    """The same in words: what each origin gives, and the bounds that it was taken to mean."""
    unit = plural_unit(axis.unit, None)
    parts = []
    for one in shown:
        low = None if one.lower is None else _round(one.lower / axis.factor)
        high = None if one.upper is None else _round(one.upper / axis.factor)
        value = low if low == high else None
        bounds = number_words(Quantity(value, axis.unit, *((None, None) if value is not None else (low, high))))
        parts.append(f"{one_line(one.origin)}: {_said(one)}, {bounds} {unit}".rstrip())
    return f"{'; '.join(parts)}."
