"""Ways in which triage refuses.

RuleBroken
├── ReasonMissing           an assessment or a decision without a reason
├── AlreadyTaken            a colleague has the report
├── ChangedMeanwhile        a colleague assessed it after this page was opened
├── ClassificationUnknown   a class or type outside RSIT, or scoring choices that are not complete
├── OutageImpossible        a process that is unknown, or a share outside 0 to 1
├── DecidedMeanwhile        a colleague decided about it after this page was opened
├── AddedMeanwhile          something was added to it after this page was opened
├── AnsweredMeanwhile       a party answered about it after this page was opened
├── DecisionImpossible      it was decided already, is set aside, or there is nothing to reopen or take in
├── UndoImpossible          it is too long ago, was undone, or somebody went on since
├── DraftTooLarge           more was typed than a form takes
├── NoGovernmentParty       only government parties and partner CSIRTs are consulted
├── QuestionsMissing        a consultation asks something, by a moment that is still to come
├── ConditionNotShown       a condition is vouched for that the assessment does not bear out
├── NothingKnown            a kind of data was chosen of which the report holds nothing
├── ViewNameTaken           a saved view of the queue has a name, and another one has it already
├── ViewsFull               as many saved views as anybody has tabs for
├── CveUnknown              this is no id of a vulnerability
├── VulnerabilityUnclear    a vector, an answer or a point that cannot be, or nothing said at all
├── DeviationUnexplained    another rating or decision than the computed one, without a reason
├── ScaleUnknown            a step that the scale does not have
├── FileUnreadable          a file of EPSS or KEV that cannot be
├── FileAhead               a file is of a day still to come
├── FileOlder               a newer one was loaded before
├── ViewChanged             a colleague of the party answered after this page was opened
├── ViewEmpty               a view says something, and an objection says why
├── PartyNotTold            nothing is added to what a party was not told
├── RepeatsAnswer           a text tells one party what another answered in confidence
├── NamesParty              a text tells one party that another was asked
├── DissentUnanswered       a decision says nothing of a dissent, or passes over it without a reason
└── HoldStands              a decision passes over a hold that still runs, and nobody confirmed that
NotFound
├── StepNotFound            no such deed, or not of this actor
├── ReviewNotFound          no such review, or not of this actor
├── ConsultationNotFound    no such consultation, or not for this viewer
├── ScenarioNotFound        no such scenario, or not for this viewer
└── SavedViewNotFound       no such view of the queue, or a colleague's
"""

from __future__ import annotations

from meldpunt.access.errors import NotFound, RuleBroken
from meldpunt.law import DataKind, label_of
from meldpunt.vocabulary.bilingual import Bilingual


class ReasonMissing(RuleBroken):
    """Write why: what was known at the time can only be shown if it was written down."""

    def __init__(self) -> None:
        super().__init__("Write the reason.")


class AlreadyTaken(RuleBroken):
    """Ask the colleague, or take it over on purpose."""

    def __init__(self, name: str) -> None:
        super().__init__("%(name)s has taken this report.", name=name)
        self.name = name


class ChangedMeanwhile(RuleBroken):
    """Look at what the colleague wrote, and assess again; nothing was overwritten."""

    def __init__(self, name: str) -> None:
        sentence = "%(name)s assessed this report after you opened it. Nothing of yours was saved over it."
        super().__init__(sentence, name=name)
        self.name = name


class DecidedMeanwhile(RuleBroken):
    """Look at what the colleague decided; decide over it only on purpose."""

    def __init__(self, name: str) -> None:
        sentence = "%(name)s decided about this report after you opened it. Nothing of yours was kept over it."
        super().__init__(sentence, name=name)
        self.name = name


class AddedMeanwhile(RuleBroken):
    """Read what was added, and decide all the same where that changes nothing."""

    def __init__(self) -> None:
        super().__init__("Something was added to this report after you opened it. Nothing was decided yet.")


class AnsweredMeanwhile(RuleBroken):
    """Read what the party thinks now, and say anew what the decision does with it."""

    def __init__(self, party: str) -> None:
        super().__init__("%(party)s answered after you opened this report. Nothing was decided yet.", party=party)
        self.party = party


class ClassificationUnknown(RuleBroken):
    """Choose a class and type of RSIT, and one option in each of the eight categories of the score."""


class OutageImpossible(RuleBroken):
    """Name processes of the network, each with the share that is out: above 0 and at most 1."""


class DecisionImpossible(RuleBroken):
    """Reopen a report before deciding it again."""


class UndoImpossible(RuleBroken):
    """Do what is meant anew, with a reason: what stands is somebody's work by now."""


class DraftTooLarge(RuleBroken):
    """Send it, or make it shorter."""

    def __init__(self) -> None:
        super().__init__("This is too long to be saved while you type.")


class NoGovernmentParty(RuleBroken):
    """Choose a party: constituents are asked through their own reports."""

    def __init__(self) -> None:
        super().__init__("Only government parties and partner CSIRTs are consulted.")


class QuestionsMissing(RuleBroken):
    """Write what you want to know, and by when."""


class ConditionNotShown(RuleBroken):
    """Estimate the consequence first, or override it with a reason."""

    def __init__(self) -> None:
        super().__init__("The assessment of this report shows no risk of disruption of society.")


class NothingKnown(RuleBroken):
    """Leave the kind of data out, or write the text yourself."""

    def __init__(self, kind: DataKind) -> None:
        super().__init__("The report holds nothing of this kind of data: %(kind)s.", kind=label_of(kind))
        self.kind = kind


class ViewChanged(RuleBroken):
    """Read what the colleague answered, and answer again where that has to change; both stay."""

    def __init__(self, name: str) -> None:
        sentence = "%(name)s answered after you opened this page. Nothing of yours was kept over it."
        super().__init__(sentence, name=name)
        self.name = name


class ViewEmpty(RuleBroken):
    """Answer at least one question; an objection needs words."""


class StepNotFound(NotFound):
    """There is no such deed of this actor."""


class ReviewNotFound(NotFound):
    """There is no such review of this actor."""


class CveUnknown(RuleBroken):
    """Write it as the CVE programme does."""

    def __init__(self) -> None:
        super().__init__("Write the id of the vulnerability as in CVE-2999-0001.")


class VulnerabilityUnclear(RuleBroken):
    """Correct what the sentence names."""


class DeviationUnexplained(RuleBroken):
    """Write the reason, or leave the computed rating as it is."""


class ScaleUnknown(RuleBroken):
    """Choose from the steps of the scale."""

    def __init__(self) -> None:
        super().__init__("Choose from the steps of the scale.")


class FileUnreadable(RuleBroken):
    """Bring the file as its publisher made it; what was loaded before still stands."""

    def __init__(self, flaw: Bilingual) -> None:
        super().__init__("This file was not loaded: %(flaw)s.", flaw=flaw)


class FileOlder(RuleBroken):
    """Say that the older file is wanted, or bring a newer one."""

    def __init__(self, day: Bilingual) -> None:
        super().__init__("The file that was loaded before is newer: it is of %(day)s.", day=day)


class FileAhead(RuleBroken):
    """Bring the file of today: one of a day to come would make every file after it the older one."""

    def __init__(self, day: Bilingual) -> None:
        super().__init__("This file is of a day that is still to come: %(day)s.", day=day)


class PartyNotTold(RuleBroken):
    """Ask it first; what the law refused, or nobody approved yet, it does not have."""

    def __init__(self) -> None:
        super().__init__("This party was not told anything about this report, so there is nothing to add.")


class RepeatsAnswer(RuleBroken):
    """Ask the party whether it may be repeated, or write it in words that are not its own."""

    def __init__(self, party: str, question: Bilingual, words: str) -> None:
        sentence = "This repeats what %(party)s told us in confidence (%(question)s): “%(words)s”. It goes no further."
        super().__init__(sentence, party=party, question=question, words=words)


class NamesParty(RuleBroken):
    """Ask the party whether the others may know that it looks along, or leave its name out."""

    def __init__(self, party: str) -> None:
        super().__init__("%(party)s did not agree that other parties know it looks along: leave it out.", party=party)


class DissentUnanswered(RuleBroken):
    """Say of each dissent whether the decision follows it, and if not, why."""

    def __init__(self, party: str) -> None:
        sentence = "%(party)s has something against going on: say whether you follow that, and if not, why."
        super().__init__(sentence, party=party)
        self.party = party


class HoldStands(RuleBroken):
    """Wait, or confirm that it is decided although a party asks to wait."""

    def __init__(self, party: str) -> None:
        super().__init__("%(party)s asks to wait, and that time is not over: confirm that you decide now.", party=party)
        self.party = party


class ConsultationNotFound(NotFound):
    """There is no such consultation for this viewer."""


class ScenarioNotFound(NotFound):
    """There is no such scenario for this viewer."""


class SavedViewNotFound(NotFound):
    """There is no such view of the queue, or it is not the actor's to change."""


class ViewNameTaken(RuleBroken):
    """Choose another name, or take the other view away first."""

    def __init__(self, name: str) -> None:
        super().__init__("You have a view called %(name)s already.", name=name)


class ViewsFull(RuleBroken):
    """Take one away first."""

    def __init__(self, most: int) -> None:
        super().__init__("There is room for %(most)s views. Take one away first.", most=most)
