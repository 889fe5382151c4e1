"""A report as it stood at an instant. Nothing here asks what holds now but to say that it cannot tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from meldpunt.intake.values import Report, State

from ..values import (
    AskedThen,
    Assessment,
    Attributed,
    By,
    Changes,
    Consultation,
    Decision,
    DecisionLine,
    Then,
    Unknown,
)
from .heeding import WEIGHS_VIEWS


def as_known(
    report: Report,
    *,
    versions: Iterable[Assessment],
    consultations: Iterable[Consultation],
    decisions: Iterable[DecisionLine],
    holders: Sequence[tuple[datetime, By | None]],
    at: datetime,
) -> Then:
    """What was known at that instant. `holders` says from when on who had it, oldest first."""
    attributed = _attributed(report, at)
    unknown = (Unknown.ATTRIBUTION, Unknown.HEADER) if attributed is None else (Unknown.HEADER,)
    taken = [line for line in decisions if line.by.at <= at]
    assessed = [one for one in versions if one.by.at <= at]
    held = [holder for since, holder in holders if since <= at]
    return Then(
        report=report.id,
        reference=report.reference,
        title=report.title,
        text=report.text,
        at=at,
        was_there=report.received_at <= at,
        state=_state(report, decisions, at),
        stages=tuple(stage for stage in report.stages if stage.submitted_at <= at),
        observables=tuple(one for one in report.observables if one.lifted_at <= at),
        attributed=attributed,
        assessment=_latest(assessed),
        asked=tuple(_asked(one, at) for one in consultations if one.asked.at <= at),
        decisions=tuple(taken),
        holder=held[-1] if held else None,
        unknown=(*unknown, Unknown.SEALED) if report.is_masked else unknown,
    )


def changes_since(
    report: Report, *, versions: Iterable[Assessment], consultations: Iterable[Consultation], since: datetime
) -> Changes:
    """What came after that instant."""
    known, asked = list(versions), list(consultations)
    return Changes(
        since=since,
        stages=tuple(stage for stage in report.stages if stage.submitted_at > since),
        before=_latest(one for one in known if one.by.at <= since),
        after=_latest(known),
        views=tuple(one for one in asked if one.view is not None and one.view.by.at > since),
        asked=tuple(one for one in asked if one.asked.at > since),
    )


def last_weighed(decisions: Sequence[DecisionLine]) -> DecisionLine | None:
    """The last decision that said what becomes of it, also where that was taken back since."""
    return next((line for line in reversed(decisions) if line.decision in WEIGHS_VIEWS), None)


def _latest(versions: Iterable[Assessment]) -> Assessment | None:
    """The version that counts; None where there is none, or where the first one was taken back."""
    found = max(versions, key=lambda one: one.version, default=None)
    return None if found is None or found.is_blank else found


def _attributed(report: Report, at: datetime) -> Attributed | None:
    """Of attribution the last is kept: what was found later says nothing of what was thought before."""
    if report.attributed_at is None or report.attributed_at <= at:
        return Attributed(report.organisation, report.attributed_by, report.attributed_at)
    return None


def _state(report: Report, decisions: Iterable[DecisionLine], at: datetime) -> State | None:
    """The last mark that moved it. Before the first it was as it came in, which its first decision may tell."""
    words = list(State)
    marks = [mark for mark in report.progress if mark.mark in words]
    until = [mark for mark in marks if mark.at <= at]
    if until:
        return State(until[-1].mark)
    if not marks:
        return report.state
    first = min(decisions, key=lambda line: line.number, default=None)
    if first is not None and first.decision is Decision.TAKE_IN:
        return State.SET_ASIDE
    return State.KEPT if report.kept_reason else State.RECEIVED


def _asked(one: Consultation, at: datetime) -> AskedThen:
    stood = replace(
        one,
        views=tuple(view for view in one.views if view.by.at <= at),
        counter_questions=tuple(asked for asked in one.counter_questions if asked.by.at <= at),
        sequels=tuple(told for told in one.sequels if told.at <= at),
    )
    return AskedThen(stood, one.state_at(at))
