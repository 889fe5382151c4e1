"""What the doors for reporters ask alike: when it was, what they tell, and the next statutory stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import Actor
from meldpunt.intake.actions import put_own_right
from meldpunt.intake.values import Attached, Report, ReportKind, Stage
from meldpunt.law import UNKNOWN, Clock, open_items
from meldpunt.vocabulary.entities import EntityKind
from meldpunt.vocabulary.markings import TLP
from meldpunt.vocabulary.sectors import all_sectors

from .asking import AskingForm
from .labels import KINDS, STAGES
from .statutory import Questions, answers_of, possible_duty, questions_of
from .templatetags.words import in_language
from .uploads import FilesField, attached_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_TITLE = 200
LONGEST_TEXT = 40_000
"""Characters: below what intake takes in bytes, however many bytes a character has."""
LONGEST_ANSWER = 2_000

_FOLLOWS = "Volgt uit de antwoorden, door dit systeem berekend. / Follows from the answers, computed by this system."
"""Kept with the report, which is read in either language."""
_FIRST_DAY = date(1990, 1, 1)
_CLOCKS_DIFFER = timedelta(minutes=30)


def check_instant(at: datetime) -> None:
    """Raise ValidationError for an instant that nobody can report about."""
    if at < datetime(1990, 1, 1, tzinfo=UTC):
        raise ValidationError(gettext("Give a moment after 1990."))
    if at > timezone.now() + _CLOCKS_DIFFER:
        raise ValidationError(gettext("This moment has not come yet."))


def check_day(on: date) -> None:
    """Raise ValidationError for a day that nobody can report about."""
    if on < _FIRST_DAY:
        raise ValidationError(gettext("Give a day after 1990."))
    if on > timezone.localdate():
        raise ValidationError(gettext("This day has not come yet."))


def instant_field(
    *, label: _StrPromise, help_text: str | _StrPromise = "", required: bool = False
) -> forms.DateTimeField:
    """A moment by the clock of the law, up to now."""
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        required=required,
        validators=[check_instant],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )


def day_field(*, label: _StrPromise, help_text: str | _StrPromise = "") -> forms.DateField:
    """A day up to today, if they know it."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        validators=[check_day],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def tlp_field(help_text: str | _StrPromise = "") -> forms.ChoiceField:
    """How far it may go at most; left alone, the house takes each time the narrowest marking that serves."""
    return forms.ChoiceField(
        label=_("How far may it go, at most?"),
        help_text=help_text
        or _(
            "We start from the narrowest marking that serves, and keep to what you choose here: whoever goes further "
            "than you ask writes why, and you read that with your report. It does not set aside a law that obliges us "
            "to tell, such as the Woo."
        ),
        required=False,
        choices=_markings,
    )


def tlp_in(given: Mapping[str, str]) -> TLP | None:
    """What was chosen in a valid form."""
    return TLP(given["tlp"]) if given["tlp"] else None


def _markings() -> list[tuple[str, str]]:
    as_usual = ("", gettext("As narrow as it can be"))
    return [as_usual, *((one.value, f"{one.value}: {in_language(one.meaning)}") for one in TLP)]


class StageForm(AskingForm):
    """What somebody adds to a report: a stage that the law asks, see `stages_in`, or whatever else they know now."""

    stage = forms.ChoiceField(label=_("What you send now"))
    text = forms.CharField(
        label=_("What you know now"),
        help_text=_("Severity, consequences, cause and measures, as far as you know them. You can send more later."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    ended_at = instant_field(
        label=_("When it ended"), help_text=_("Only when the incident is over. Time in the Netherlands.")
    )
    attachments = FilesField(label=_("Files"), help_text=_("They are encrypted on arrival."), required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        clocks: Iterable[Clock],
        report: Report,
    ) -> None:
        super().__init__(data, files)
        self.questions = questions_of(report)
        self.asks_how_grave = bool(stages_in(clocks)) or possible_duty(report) is not None
        self.known = answers_of(report)
        self._ask(stages_in(clocks), self.known)
        stages = stages_in(clocks)
        if not stages:  # no duty hangs on the report: there is nothing to choose
            del self.fields["stage"]
            return
        choices = [(one.value, STAGES[one]) for one in (*stages, Stage.ADDITION)]
        self.fields["stage"].choices = choices  # type: ignore[attr-defined]
        self.fields["stage"].initial = next_stage(clocks).value

    def _ask(self, stages: Iterable[Stage], known: Mapping[str, str]) -> None:
        asked = self.questions
        if self.asks_how_grave:
            self.ask_criteria(asked.criteria)
        for stage in (*stages, None):
            self.ask(stage.value if stage else "", open_items(asked.items_at(stage), known))
        for key in self.fields.keys() & known.keys():
            self.fields[key].initial = known[key]

    def clean_text(self) -> str:
        """Words, or at least one new answer: what stood in the form already stops no clock. Raises ValidationError."""
        text: str = self.cleaned_data["text"]
        told = {key: self.told(key).strip() for key in self.answer_keys}
        if not text.strip() and all(said in ("", UNKNOWN, self.known.get(key)) for key, said in told.items()):
            raise ValidationError(gettext("Write a line, or answer a question that is still open."), code="required")
        return text

    def own_fields(self) -> Iterator[BoundField]:
        """What is asked whatever the law asks."""
        return (self[name] for name in self.base_fields if name in self.fields)

    def parts(self) -> list[tuple[str, bool, list[BoundField]]]:
        """What the law asks that is open, by stage: its name, whether it is the stage to send now, and its fields."""
        now = self.told("stage") or self.fields["stage"].initial if "stage" in self.fields else ""
        found = [(STAGES[one], one.value) for one in Stage]
        named = [(str(name), value == now, self.asked_in(value)) for name, value in found]
        grave = (gettext("How grave is it?"), "stage" not in self.fields, self.asked_in("criteria"))
        return [part for part in (("", True, self.asked_in("")), *named, grave) if part[2]]

    @property
    def chosen(self) -> Stage:
        """The stage of a valid form."""
        return Stage(self.cleaned_data.get("stage", Stage.ADDITION))

    @property
    def files_sent(self) -> tuple[Attached, ...]:
        """The files of a valid form."""
        return attached_of(self.cleaned_data["attachments"])


class PutRightForm(forms.Form):
    """What somebody chose wrongly about their own report, with what stands now, and why."""

    kind = forms.ChoiceField(label=_("What kind of report is it?"))
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    entity_kind = forms.ChoiceField(label=_("What the law calls your organisation"), required=False)
    reason = forms.CharField(
        label=_("Why it is put right"), max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, report: Report, data: Mapping[str, object] | None = None) -> None:
        stands = {"kind": report.kind.value, "sector": report.sector, "entity_kind": report.entity_kind}
        super().__init__(data, initial=stands, auto_id="right_%s")
        self.report = report
        unknown = ("", gettext("I do not know"))
        self._choose("kind", [(kind.value, KINDS[kind]) for kind in ReportKind])
        self._choose("sector", [unknown, *((one.id, in_language(one.name)) for one in all_sectors())])
        self._choose("entity_kind", [unknown, *((kind.value, in_language(kind.label)) for kind in EntityKind)])

    def _choose(self, name: str, choices: list[tuple[str, object]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def kind_computed(self) -> ReportKind:
        """The kind of a valid form: what was answered decides whether the law asks for it, as when it was sent."""
        given = self.cleaned_data
        on = questions_of(self.report).on
        return Questions(ReportKind(given["kind"]), given["entity_kind"], on).computed(answers_of(self.report))


def weigh_again(actor: Actor, report: Report, answers: Mapping[str, str]) -> None:
    """Whether the law asks for a report follows from the answers, also from those that came with a later stage.

    Where they change it, the report is put right by itself, in its reporter's name and with what stood before.
    """
    said = {key: told for key, told in answers.items() if told.strip() not in ("", UNKNOWN)}
    kind = questions_of(report).computed({**answers_of(report), **said})
    if kind is not report.kind:
        put_own_right(
            actor,
            report=report.id,
            kind=kind,
            sector=report.sector,
            entity_kind=report.entity_kind,
            reason=_FOLLOWS,
        )


def stages_in(clocks: Iterable[Clock]) -> tuple[Stage, ...]:
    """The stages a reporter can send under these clocks, in the order of the law."""
    known = {stage.value: stage for stage in Stage}
    found = (known.get(clock.stage.value) for clock in clocks)
    return tuple(dict.fromkeys(stage for stage in found if stage is not None))


def next_stage(clocks: Iterable[Clock]) -> Stage:
    """The stage that is due first; the last one once everything was sent."""
    given = list(clocks)
    open_ones = [clock for clock in given if clock.met_at is None and clock.deadline is not None]
    due = sorted(open_ones, key=lambda clock: clock.deadline or clock.starts_from or timezone.now())
    return stages_in(due)[0] if stages_in(due) else stages_in(given)[-1]
