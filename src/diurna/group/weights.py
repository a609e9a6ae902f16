"""Coefficients of the pair score, fitted by `python -m bench.grouping_weights`."""

BIAS = -7.88
WEIGHTS = {
    "words": 13.74,
    "names": 1.01,
    "figures": 1.50,
    "same year": 2.02,
    "other weekday": -1.21,
    "same day": 3.00,
    "other day": -1.20,
    "days apart": -0.69,
    "words of one outlet": -6.63,
    "entry": -3.75,
    "words of an entry": 4.91,
    "other language": 1.07,
    "marks across languages": 5.89,
    "lead in its crowd": 0.34,
}
FLOOR = 0.05
FURTHEST = 4.0
