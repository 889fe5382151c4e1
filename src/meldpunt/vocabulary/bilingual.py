"""Words shown to people: always in Dutch and in English, or not at all."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from meldpunt.vocabulary.errors import WordingMissing

Language: TypeAlias = Literal["nl", "en"]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One wording in Dutch and English; neither may be blank (WordingMissing)."""

    nl: str
    en: str

    def __post_init__(self) -> None:
        if not self.nl.strip() or not self.en.strip():
            raise WordingMissing(f"wording in one language only: nl={self.nl!r} en={self.en!r}")

    def in_language(self, language: Language) -> str:
        """The wording in the asked language."""
        return self.nl if language == "nl" else self.en
