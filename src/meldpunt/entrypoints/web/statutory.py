"""What the law asks, as fields of a form: one rendering for every door, from the forms and criteria of its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.intake.values import Report, ReportKind, Stage
from meldpunt.law import (
    UNKNOWN,
    Clock,
    Criterion,
    Event,
    FormItem,
    FormRule,
    ItemKind,
    Significance,
    Subject,
    Weighed,
    clocks_for,
    criteria_for,
    forms_for,
    items_of,
    local_day,
    open_items,
    weigh,
)
from meldpunt.law import Stage as LawStage
from meldpunt.vocabulary.entities import EntityKind

from .templatetags.words import article_in_text, in_language

LONGEST_WORDS = 10_000
"""Characters of one answer in words; what is longer belongs in a file."""
LONGEST_LINE = 300

ANSWERS = ((UNKNOWN, _("Not known yet")), ("yes", _("Yes")), ("no", _("No")))
SUBJECTS: Mapping[ReportKind, Subject] = {
    ReportKind.STATUTORY: Subject.INCIDENT,
    ReportKind.NEAR_MISS: Subject.NEAR_MISS,
    ReportKind.THREAT: Subject.THREAT,
    ReportKind.VULNERABILITY: Subject.VULNERABILITY,
}
"""What the forms of the law call each kind of report. For an incident that is reported voluntarily there is none."""


@dataclass(frozen=True)
class Questions:
    """What is asked of somebody: `entity_kind` is empty where it is not known, `on` the day whose law applies."""

    kind: ReportKind
    entity_kind: str
    on: date

    @property
    def entity(self) -> EntityKind | None:
        """The kind of entity, where the vocabulary knows it."""
        return EntityKind(self.entity_kind) if self.entity_kind in list(EntityKind) else None

    @cached_property
    def forms(self) -> tuple[FormRule, ...]:
        """The forms of the law, in its order."""
        subject = SUBJECTS.get(self.kind)
        return forms_for(subject=subject, entity_kind=self.entity, on=self.on) if subject else ()

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """From which it follows whether an incident is significant."""
        return criteria_for(entity_kind=self.entity, on=self.on) if self.is_incident else ()

    @property
    def is_incident(self) -> bool:
        """Whether something happened."""
        return self.kind in (ReportKind.STATUTORY, ReportKind.VOLUNTARY)

    @cached_property
    def has_duty(self) -> bool:
        """Whether the law of that day has a clock for who reports."""
        at = datetime.combine(self.on, datetime.min.time(), UTC)
        return self.entity is not None and bool(clocks_for(entity_kind=self.entity, event=Event(at), on=self.on))

    @property
    def first_stage(self) -> Stage:
        """What a first report is under that law: an early warning, or at once the notification."""
        known = {stage.value: stage for stage in Stage}
        found = (known.get(form.stage.value) for form in self.forms if form.stage)
        return next((stage for stage in found if stage), Stage.EARLY_WARNING)

    def items_at(self, stage: Stage | None) -> tuple[FormItem, ...]:
        """What is asked with that stage; None: with a report on which no stage hangs."""
        wanted = stage.value if stage else None
        return items_of(one for one in self.forms if (one.stage.value if one.stage else None) == wanted)

    def weigh(self, answers: Mapping[str, str]) -> Weighed:
        """Whether it is significant by these answers, and why."""
        return weigh(answers, self.criteria)

    def computed(self, answers: Mapping[str, str]) -> ReportKind:
        """Whether the law asks for the report: the reporter says what happened, and need not know the law.

        What is said to be statutory stays so unless every criterion is answered with no; what is said to be voluntary
        becomes it where a duty rests on who reports and one criterion is met.
        """
        found = self.weigh(answers).significance
        if self.kind is ReportKind.STATUTORY and self.criteria and found is Significance.NO:
            return ReportKind.VOLUNTARY
        if self.kind is ReportKind.VOLUNTARY and self.has_duty and found is Significance.YES:
            return ReportKind.STATUTORY
        return self.kind


def questions_of(report: Report) -> Questions:
    """What the law asks about a report: that of the day on which they became aware, or told us."""
    return Questions(report.kind, report.entity_kind, local_day(report.aware_at or report.received_at))


def answers_of(report: Report) -> dict[str, str]:
    """All that was answered about a report up to now: what came later stands, unless it left open what was known."""
    known = dict(report.answers)
    for line in report.stages:
        known.update({key: said for key, said in line.answers.items() if said.strip() not in ("", UNKNOWN)})
    return known


def still_open(report: Report) -> tuple[FormItem, ...]:
    """What was asked with the stages that were sent, and has no answer yet."""
    asked = questions_of(report)
    sent: list[Stage | None] = list(dict.fromkeys(line.stage for line in report.stages)) or [None]
    items = [item for stage in sent for item in asked.items_at(stage)]
    unique = tuple({item.key: item for item in items}.values())
    return open_items(unique, answers_of(report))


def weighed(report: Report) -> Weighed | None:
    """Why a report counts as it does; None where nothing was asked of it."""
    asked, answers = questions_of(report), answers_of(report)
    is_asked = asked.has_duty or any(one.key in answers for one in asked.criteria)
    return asked.weigh(answers) if asked.criteria and is_asked else None


@dataclass(frozen=True)
class PossibleDuty:
    """What the law would ask of an entity of this kind, and by when: the clocks of which the last day is known."""

    entity: EntityKind
    clocks: tuple[Clock, ...]


def possible_duty(report: Report, *, known_as: str = "") -> PossibleDuty | None:
    """What hangs on a report that counts as voluntary, should it prove significant; None where nothing does.

    No clock runs for it yet. `known_as` is what the register calls who did not say what they are; whom it does not know
    either is told what the law asks of most, once one answer is yes.
    """
    asked = questions_of(report)
    asked = replace(asked, entity_kind=asked.entity_kind or known_as)
    found = asked.weigh(answers_of(report)).significance
    if report.kind is not ReportKind.VOLUNTARY or found is Significance.NO:
        return None
    entity = asked.entity
    if entity is None and found is Significance.YES:
        entity = EntityKind.ESSENTIAL
    if entity is None:
        return None
    clocks = clocks_for(entity_kind=entity, event=Event(report.aware_at or report.received_at))
    due = tuple(clock for clock in clocks if clock.deadline and not clock.is_latest_possible)
    return PossibleDuty(entity, due) if due else None


def first_reply(report: Report, *, replied_at: datetime | None = None) -> Clock | None:
    """By when the law wants us to answer the first stage of a statutory report; None where it wants no such thing."""
    sent = [line.submitted_at for line in report.stages if line.stage not in (Stage.ADDITION, Stage.CORRECTION)]
    if report.kind is not ReportKind.STATUTORY or not sent or not questions_of(report).has_duty:
        return None
    event = Event(min(sent), {LawStage.REPLY: replied_at} if replied_at else {})
    clocks = clocks_for(entity_kind=EntityKind.CSIRT, event=event, on=questions_of(report).on)
    return next((clock for clock in clocks if clock.stage is LawStage.REPLY), None)


@dataclass(frozen=True)
class KeptUntil:
    """Until which day what was told is kept from the public at most, by which form of the law."""

    on: date
    form: FormRule


def kept_until(report: Report) -> KeptUntil | None:
    """The term of a coordinated disclosure, from the day on which we were told; None where there is none."""
    received_on = local_day(report.received_at)
    found = [(form.due_on(received_on), form) for form in questions_of(report).forms]
    return next((KeptUntil(on, form) for on, form in found if on), None)


def item_field(item: FormItem) -> forms.Field:
    """The field of one item. None is required: what is not known yet stays open."""
    label, help_text = in_language(item.question), article_in_text(item)
    if item.kind is ItemKind.YES_NO:
        return yes_no_field(label=label, help_text=help_text)
    if item.kind is ItemKind.INSTANT:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        return forms.DateTimeField(label=label, help_text=help_text, required=False, widget=widget)
    if item.kind is ItemKind.LINE:
        return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST_LINE)
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST_WORDS, widget=area)


def criterion_field(one: Criterion) -> forms.Field:
    """The field of one criterion of significance."""
    return yes_no_field(label=in_language(one.question), help_text=article_in_text(one))


def yes_no_field(*, label: str, help_text: str) -> forms.ChoiceField:
    """Yes, no, or not known yet, which it is until somebody says otherwise."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=ANSWERS,
        required=False,
        initial=UNKNOWN,
        widget=forms.RadioSelect,
    )


def answers_in(given: Mapping[str, object], keys: Iterable[str]) -> dict[str, str]:
    """The answers of a valid form under their keys; instants in ISO 8601 with their zone. What is empty is left out."""
    found: dict[str, str] = {}
    for key in keys:
        said = given.get(key)
        if isinstance(said, datetime):
            found[key] = said.astimezone(timezone.get_current_timezone()).isoformat(timespec="minutes")
        elif isinstance(said, str) and said.strip():
            found[key] = said
    return found
