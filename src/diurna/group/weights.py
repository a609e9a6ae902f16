"""Coefficients of the pair score, fitted by `python -m bench.grouping_weights` on the bench's sets and the samples.

Coefficients of each half of the events gave, on the other half, B-cubed F1 of 0.85 and 0.85 on allsides, 0.92 and
0.92 on ecbplus, 0.94 and 0.96 on the samples.
"""

BIAS = -7.73
WEIGHTS = {
    "words": 13.63,
    "names": 0.08,
    "figures": 1.41,
    "same year": 1.88,
    "other weekday": -1.19,
    "same day": 2.77,
    "other day": -1.20,
    "days apart": -0.71,
    "words of one outlet": -5.53,
    "entry": -3.41,
    "words of an entry": 5.17,
    "other language": 0.67,
    "marks across languages": 6.21,
    "lead in its crowd": 0.27,
    "people": 0.82,
    "places": 0.57,
}
FLOOR = 0.05
"""Density below which a neighbourhood does not count as emptier: without it, sets of single articles collapse."""

FURTHEST = 4.0
"""Logarithm of days from which more days count no more."""
