"""Ways the vocabulary can be asked for something it does not know.

VocabularyError
├── DataFileInvalid        a data file breaks its own shape; the file and the place are named
├── JsonUnreadable         bytes that are no JSON, or JSON that hurts who reads it
├── UnknownWord            an id that the vocabulary does not hold
│   ├── UnknownIncidentClass
│   ├── UnknownIncidentType
│   ├── UnknownMarking
│   ├── UnknownSector
│   └── UnknownVitalProcess
├── NoMinistryRecorded     the data names no ministry for that process on that day
├── NothingToCompare       the most restrictive of no markings was asked
├── ScoreChoicesInvalid    the eight NCISS choices are not complete, or one is no option of its category
└── WordingMissing         a label in one language only
"""


class VocabularyError(Exception):
    """Root of the tree; catch it to answer "the vocabulary does not know this"."""


class DataFileInvalid(VocabularyError):
    """Correct the named file: the message says in which table and which key."""


class JsonUnreadable(VocabularyError):
    """Not JSON as it is read here. `flaw` is a predicate (`is not in UTF-8`); `detail` says where, if anything does."""

    def __init__(self, flaw: str, detail: str = "") -> None:
        super().__init__(f"{flaw}: {detail}" if detail else flaw)
        self.flaw = flaw
        self.detail = detail


class UnknownWord(VocabularyError):
    """The id is not in the vocabulary; the message repeats it so that it can be looked up."""

    def __init__(self, word: str) -> None:
        super().__init__(f"not in the vocabulary: {word!r}")
        self.word = word


class UnknownIncidentClass(UnknownWord):
    """No RSIT class has this id."""


class UnknownIncidentType(UnknownWord):
    """No RSIT type has this id, and no mapping leads from this name to one."""


class UnknownMarking(UnknownWord):
    """Neither a TLP nor a PAP label; treat the item as its strictest until a person has looked."""


class UnknownSector(UnknownWord):
    """No sector has this id."""


class UnknownVitalProcess(UnknownWord):
    """No vital process has this id."""


class NoMinistryRecorded(VocabularyError):
    """Add the period to the data file, or ask about a day that it covers."""


class NothingToCompare(VocabularyError):
    """Give at least one marking."""


class ScoreChoicesInvalid(VocabularyError):
    """Give one option for each of the eight categories; the message names the category."""


class WordingMissing(VocabularyError):
    """Write the wording in both languages: a label in one language hides a fact from half the readers."""
