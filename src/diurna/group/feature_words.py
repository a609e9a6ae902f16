"""What each feature of a pair's score is called: on pages, in the terminal and, beside the feature's key, in data.

The words go with either sign: `few other reports are alike too` would not, where there are many. No two of them
contradict each other, since one pair may have both: of the days that two reports tell of some agree, others do not.
"""

__all__ = ["FEATURE_WORDS", "feature_words"]

FEATURE_WORDS = {
    "words": "how alike their words are, rare ones counting most",
    "names": "names that both have, rare ones counting most",
    "figures": "figures that both give",
    "same year": "a year that both speak of",
    "other weekday": "no day of the week that both name",
    "same day": "a day that both may tell of",
    "other day": "days that one tells of and the other does not",
    "other day of the undated": "days that one seems to tell of and the other does not; one of them bears no date",
    "days apart": "the days between them",
    "words of one outlet": "alike words that are their one outlet’s",
    "entry": "one of them is an item of a list",
    "words of an entry": "how alike its words are to the item’s",
    "other language": "they are in two languages",
    "marks across languages": "names and numbers that both languages write alike",
    "lead in its crowd": "how alike their openings are",
    "people": "whether the people that each opens with are in the other too",
    "places": "whether the places that each opens with are in the other too",
    "other town": "a town that only one of them names",
    "crowding": "how many other reports are alike too: few speak for one event, many against it",
    "bias": "to begin with: two reports seldom tell of one event",
}
"""Features of the score that joins two records, and what the score begins with, in words."""


def feature_words(name: str) -> str:
    """What a feature is, in plain words; one that has none is shown by its own name."""
    return FEATURE_WORDS.get(name, name)
