"""Ways in which reporting goes wrong. All are raised before anything is promised: no receipt, nothing kept.

RuleBroken (access)
├── ReportEmpty            neither a title nor a text
├── ReportTooLarge         beyond a limit; the message names it
├── TooManyItems           a batch of more items than one transaction carries
├── SightingImpossible     no indicator, or seen less than once
├── MappingUnfit           a mapping of columns that reads nothing, or reads one thing twice
├── MappingExists          another mapping has this name or these columns
├── TimeImpossible         a time without a zone, before 1990 or in the future
├── StageUnasked           a statutory stage where no duty hangs on the report, or one that only the desk adds
├── NoOrganisation         the account speaks for no organisation
├── NothingPutRight        a correction that corrects nothing, has no reason, or names what the vocabulary does not know
├── NobodyToWriteTo        a reply to what a machine reported, or to what is set aside
├── NotToBeAsked          a value that may not be shown to a third party, or that no registry knows of
├── RegistrySilent        a registry that gave no answer that can be read
├── DraftsFull             so many drafts that nobody sent, from one place or in all
├── DraftSent              this draft was sent already, with other words
├── ReceiptMalformed       not a receipt code at all
└── CursorMalformed        not a cursor that a page gave
NotFound (access)
├── ReportNotFound         no such report, or not for this viewer
└── MappingNotFound        no such mapping in use
ItemUnreadable             a forwarded item outside the schema; its batch goes on and the item is kept
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from meldpunt.access.errors import MeldpuntError, NotFound, RuleBroken
from meldpunt.vocabulary.bilingual import Bilingual

_TOO_LARGE: Final[Mapping[str, str]] = {
    "text": "The text is larger than %(limit)s bytes. Send it in parts, or call us.",
    "form": "The form is larger than %(limit)s bytes. Send it in parts, or call us.",
    "attachments": "The attachments together are larger than %(limit)s bytes. Send them in parts, or call us.",
    "mail": "The mail is larger than %(limit)s bytes. Send it in parts, or call us.",
    "feed": "The feed is larger than %(limit)s bytes. Send it in parts, or call us.",
    "item": "An item is larger than %(limit)s bytes. Send it in parts, or call us.",
}
_MOMENTS: Final[Mapping[str, Bilingual]] = {
    "aware_at": Bilingual("wanneer u het merkte", "when you noticed it"),
    "ended_at": Bilingual("wanneer het voorbij was", "when it was over"),
    "occurred_on": Bilingual("de dag waarop het gebeurde", "the day on which it happened"),
    "seen_at": Bilingual("wanneer het is gezien", "when it was seen"),
}


class ReportEmpty(RuleBroken):
    """There is nothing to receive."""

    def __init__(self) -> None:
        super().__init__("A report needs a title or a text.")


class ReportTooLarge(RuleBroken):
    """More bytes than this entrance takes. `what` names the thing measured, `limit` is in bytes."""

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(_TOO_LARGE[what], limit=limit)
        self.what = what
        self.limit = limit


class ReadByAnother(RuleBroken):
    """Two runs read the same large feed; one of them is enough."""

    def __init__(self) -> None:
        super().__init__("This feed is being read by another run. Let one of them go on.")


class NothingPutRight(RuleBroken):
    """Nothing to put right, or nothing to put it to."""


_NOT_ASKED: Final[Mapping[str, str]] = {
    "pap": "A report that names this is marked PAP:RED: nobody outside may be asked about it.",
    "tlp": "Who told us of this marked it TLP:RED: nobody outside may be asked about it.",
    "unknown": "No registry is known for this. The bootstrap files of IANA say which there are.",
    "reason": "Write why the registry is asked: it learns that somebody is interested.",
}
_SILENT: Final[Mapping[str, str]] = {
    "unreachable": "The registry did not answer in time.",
    "refused": "The registry refused to answer.",
    "too-much": "The registry answered more than we read.",
    "no-rdap": "What the registry answered is no RDAP.",
    "not-https": "The registry sent us on to an address without HTTPS, where nobody is asked.",
    "sent-on": "The registry sent us on too often.",
    "sent-inside": "The registry sent us on to an address inside a network, where nobody is asked.",
}


class NotToBeAsked(RuleBroken):
    """Decide with what is known here, or ask whoever told us whether it may be looked up."""

    def __init__(self, why: str) -> None:
        super().__init__(_NOT_ASKED[why])
        self.why = why


class RegistrySilent(RuleBroken):
    """Try again later, or on the site of the registry from another network."""

    def __init__(self, why: str) -> None:
        super().__init__(_SILENT[why])
        self.why = why


class DraftsFull(RuleBroken):
    """No other draft is begun; a report that is sent at once is received all the same."""


class DraftSent(RuleBroken):
    """What is written now was sent already, with other words; `reference` is that of the report."""

    def __init__(self, reference: str = "") -> None:
        if not reference:
            super().__init__("This was sent already. Open the page anew to add more.")
            return
        super().__init__(
            "This was sent already, as %(reference)s. Add what changed to that report, or begin a new one.",
            reference=reference,
        )


class TooManyItems(RuleBroken):
    """More items in one batch than one transaction carries."""

    def __init__(self, limit: int) -> None:
        super().__init__("At most %(limit)s items go in one batch. Send several.", limit=limit)


class SightingImpossible(RuleBroken):
    """A sighting needs something that was seen, at least once."""

    def __init__(self) -> None:
        super().__init__("A sighting needs an indicator of at most 2,000 bytes and a count of at least one.")


class MappingUnfit(RuleBroken):
    """A mapping of columns by which nothing could be read; the message says what is wrong."""


class MappingExists(RuleBroken):
    """Another mapping has this name, or reads files of these columns and this kind of name."""

    def __init__(self, name: str) -> None:
        super().__init__("The mapping “%(name)s” has this name or reads these files. Retire it first.", name=name)


class TimeImpossible(RuleBroken):
    """A time that cannot be meant. `name` is that of the field, which the message says in words."""

    def __init__(self, name: str) -> None:
        sentence = "This moment is impossible, “%(which)s”: it lies in the future, before 1990, or has no zone."
        super().__init__(sentence, which=_MOMENTS[name])
        self.name = name


class StageUnasked(RuleBroken):
    """The law asks no such stage of this report: send it as an addition."""

    def __init__(self) -> None:
        super().__init__("The law asks no such stage of this report. Send what you know as an addition.")


class NoOrganisation(RuleBroken):
    """A portal account or a sensor that speaks for no organisation cannot report for one."""

    def __init__(self) -> None:
        super().__init__("This account speaks for no organisation.")


class ReceiptMalformed(RuleBroken):
    """Not twenty characters of the receipt alphabet."""

    def __init__(self) -> None:
        super().__init__("This is not a receipt code. It has five groups of four letters and digits.")


class CursorMalformed(RuleBroken):
    """A page was asked for by something that is no cursor."""

    def __init__(self) -> None:
        super().__init__("This page does not exist. Start again at the first one.")


class ReportNotFound(NotFound):
    """No such report, or not for this viewer."""


class MappingNotFound(NotFound):
    """No such mapping, or it was retired."""


class ItemUnreadable(MeldpuntError):
    """A forwarded item that does not fit the schema; the message says which field and why."""


class NobodyToWriteTo(RuleBroken):
    """A machine reported this, or it is set aside."""

    def __init__(self) -> None:
        super().__init__("Nobody would read this: a machine reported it, or it is set aside.")
