"""Coefficients of the pair score, fitted by `python -m bench.grouping_weights`."""

BIAS = -7.97
WEIGHTS = {
    "words": 13.71,
    "names": 0.99,
    "figures": 1.60,
    "same year": 2.19,
    "other weekday": -1.33,
    "same day": 4.54,
    "other day": -1.20,
    "days apart": -0.48,
    "entry": 0.0,
    "other language": 0.0,
    "names across languages": 0.0,
    "lead in its crowd": 0.44,
}
FLOOR = 0.05
FURTHEST = 4.0
