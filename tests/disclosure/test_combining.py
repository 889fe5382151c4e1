from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from meldpunt.disclosure.packing import pack_findings, pack_verdict, unpack_findings, unpack_verdict
from meldpunt.disclosure.rules.combining import combine, judge
from meldpunt.disclosure.values import AudienceKind, Draft, Reader
from meldpunt.law import Condition, DataKind, Outcome, Purpose, RecipientKind
from meldpunt.vocabulary.bilingual import Bilingual

from . import cast

ON = date(2026, 11, 23)
SOMEBODY = Bilingual("iemand", "somebody")

kinds = st.sets(st.sampled_from(DataKind), min_size=1)
conditions = st.frozensets(st.sampled_from(Condition))
purposes = st.sampled_from(Purpose)


def as_reader(recipient: RecipientKind) -> Reader:
    return Reader(AudienceKind.ORGANISATION, recipient, SOMEBODY, SOMEBODY)


readers = st.lists(st.builds(as_reader, st.sampled_from(RecipientKind)), min_size=1, max_size=4)
drafts = st.builds(
    lambda held, purpose, met: cast.draft_for(
        [], *(cast.told(kind) for kind in sorted(held)), purpose=purpose, conditions=met
    ),
    kinds,
    purposes,
    conditions,
)


@given(drafts, readers, st.booleans())
def test_nobody_gets_more_because_another_may(draft: Draft, told: list[Reader], approved: bool) -> None:
    findings = judge(draft, told, on=ON, approved=approved)
    verdict = combine(findings)
    assert all(verdict.given <= finding.verdict.given for finding in findings)
    assert verdict.given | verdict.left_out == {part.kind for part in draft.parts}


@given(drafts, readers, st.sampled_from(RecipientKind))
def test_one_more_reader_never_widens(draft: Draft, told: list[Reader], more: RecipientKind) -> None:
    before = combine(judge(draft, told, on=ON, approved=False))
    after = combine(judge(draft, [*told, as_reader(more)], on=ON, approved=False))
    assert after.given <= before.given
    assert after.four_eyes >= before.four_eyes or after.is_refused


@given(drafts, readers)
def test_every_verdict_explains_itself_in_both_languages(draft: Draft, told: list[Reader]) -> None:
    verdict = combine(judge(draft, told, on=ON, approved=False))
    assert verdict.explanation
    assert all(one.nl and one.en and one.article for one in verdict.explanation)
    assert verdict.is_refused == (not verdict.given) == (verdict.outcome is Outcome.REFUSED)


@given(drafts, readers)
def test_proposer_cannot_vouch_for_own_report_or_four_eyes(draft: Draft, told: list[Reader]) -> None:
    bare = cast.draft_for(
        [],
        *draft.parts,
        purpose=draft.purpose,
        conditions=draft.conditions - {Condition.OWN_REPORT, Condition.FOUR_EYES},
    )
    assert judge(draft, told, on=ON, approved=False) == judge(bare, told, on=ON, approved=False)


@given(drafts, readers)
def test_verdict_survives_being_kept(draft: Draft, told: list[Reader]) -> None:
    findings = judge(draft, told, on=ON, approved=False)
    verdict = combine(findings)
    assert unpack_verdict(pack_verdict(verdict)) == verdict
    assert unpack_findings(pack_findings(findings)) == findings


def test_refusal_says_for_whom() -> None:
    draft = cast.draft_for([], purpose=Purpose.CONSULT, conditions=frozenset({Condition.RECIPIENT_TASK}))
    told = [as_reader(RecipientKind.INTELLIGENCE), as_reader(RecipientKind.POLICE)]
    verdict = combine(judge(draft, told, on=ON, approved=False))
    assert verdict.is_refused
    assert any(one.nl.startswith("iemand: ") for one in verdict.explanation)
