"""Ways the law can be asked wrongly. A refusal is no error: it is a verdict.

LawError
├── LawDataInvalid      a country's data folder breaks its own shape; file and place are named
├── UnknownGround       no ground, withholding ground, deferral or clock of this law has that id
├── TermInvalid         a term is not written as ISO 8601 in months, days and hours
├── InstantWithoutZone  an instant was given without a zone, so no clock can be computed from it
└── InstantOutOfRange   the deadline would lie outside the years a calendar can write
"""


class LawError(Exception):
    """Root of the tree."""


class LawDataInvalid(LawError):
    """Correct the named data file: the message says where and what."""


class UnknownGround(LawError):
    """The id is not in this law; it may belong to another country's."""


class TermInvalid(LawError):
    """Write the term as in ISO 8601: PT24H, P28D, P1M."""


class InstantWithoutZone(LawError):
    """Give instants with a zone, UTC by preference."""


class InstantOutOfRange(LawError):
    """Refuse the instant where it was entered: no incident lies in such a year."""
