"""Coefficients of the pair score, fitted by `python -m bench.grouping_weights` on the bench's sets and the samples.

Coefficients of each half of the events gave, on the other half, B-cubed F1 of 0.85 and 0.86 on allsides, 0.93 and
0.92 on ecbplus, 0.93 and 0.96 on the samples.
"""

BIAS = -7.76
WEIGHTS = {
    "words": 13.67,
    "names": 0.10,
    "figures": 1.42,
    "same year": 1.88,
    "other weekday": -1.20,
    "same day": 2.77,
    "other day": -1.20,
    "days apart": -0.70,
    "words of one outlet": -5.55,
    "entry": -3.43,
    "words of an entry": 5.18,
    "other language": 0.75,
    "marks across languages": 6.10,
    "lead in its crowd": 0.26,
    "people": 0.81,
    "places": 0.57,
}
FLOOR = 0.05
"""Density below which a neighbourhood does not count as emptier: without it, sets of single articles collapse."""

FURTHEST = 4.0
"""Logarithm of days from which more days count no more."""
