"""Coefficients of the pair score, fitted by `python -m bench.grouping_weights` on the bench's sets and the samples.

Coefficients of each half of the events gave, on the other half, B-cubed F1 of 0.85 and 0.86 on allsides, 0.93 and
0.92 on ecbplus, 0.93 and 0.96 on the samples.
"""

BIAS = -7.94
WEIGHTS = {
    "words": 13.84,
    "names": 1.05,
    "figures": 1.58,
    "same year": 1.96,
    "other weekday": -1.20,
    "same day": 2.92,
    "other day": -1.20,
    "days apart": -0.69,
    "words of one outlet": -5.98,
    "entry": -3.58,
    "words of an entry": 4.66,
    "other language": 1.06,
    "marks across languages": 5.86,
    "lead in its crowd": 0.34,
}
FLOOR = 0.05
"""Density below which a neighbourhood does not count as emptier: without it, sets of single articles collapse."""

FURTHEST = 4.0
"""Logarithm of days from which more days count no more."""
