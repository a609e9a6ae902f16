"""How people's judgements name a claim: by the words of its article, which outlive what any component makes of them."""

import msgspec
from msgspec import Struct

__all__ = ["CLAIM_VERDICTS", "QuotedClaim", "quoted_claim"]

CLAIM_VERDICTS = ("measures", "misread", "answers", "differs")
"""What people say of a claim: what its figure is of, that it was misread, that it answers the same question as another
claim, or another one."""


class QuotedClaim(Struct, frozen=True, omit_defaults=True):
    """A claim by its sentence and the words in it that give the value; the `name` of what these measure, or the words
    of the other claim that it is held against.
    """

    sentence: str
    words: str
    name: str = ""
    other_sentence: str = ""
    other_words: str = ""

    def encoded(self) -> str:
        """As the value of a judgement."""
        return _ENCODER.encode(self).decode()


def quoted_claim(value: str) -> QuotedClaim | None:
    """What the value of a judgement quotes; None where it quotes nothing that can be read."""
    try:
        return _DECODER.decode(value)
    except msgspec.DecodeError:
        return None


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(QuotedClaim)
