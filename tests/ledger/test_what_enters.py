"""Every deed that the ledger is there for is an entry of it, made by the deed itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from tests.disclosure import cast

from meldpunt.access.values import JOB
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Disclosure, Unshown
from meldpunt.evidence import actions as evidence_actions
from meldpunt.intake import actions as intake_actions
from meldpunt.law import Condition, DataKind
from meldpunt.ledger import actions as ledger_actions
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.openness import actions as openness_actions
from meldpunt.openness.values import RequestForm

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)


def disclosed(country: cast.Country) -> Disclosure:
    draft = cast.draft_for(
        cast.to(country.police),
        cast.told(DataKind.SYSTEMS),
        conditions=frozenset({Condition.REPORTER_CONSENT}),
        origins=(cast.origin_at(country.water),),
    )
    return disclosure_actions.disclose(
        cast.duty_officer(), draft=draft, reason="zij lopen gevaar", seen=Unshown.IN_A_PROGRAM
    )


def withdrawn(country: cast.Country) -> None:
    told = disclosed(country)
    disclosure_actions.withdraw_disclosure(cast.analyst(), disclosure=told.id, reason="vals alarm")


def erased(country: cast.Country) -> None:
    item = evidence_actions.seal_evidence(
        JOB, name="a", data=b"b", media_type="text/plain", about=country.water, purpose="report"
    )
    evidence_actions.shred_evidence(cast.duty_officer(), item=item, reason="de termijn is om")


DEEDS: dict[Kind, Callable[[cast.Country], object]] = {
    Kind.RECEIVED: lambda _: intake_actions.receive_mail(JOB, raw=b"Subject: x\n\ny"),
    Kind.UNSEALED: lambda country: constituency_actions.unseal_identity(
        cast.analyst(), organisation=country.water, purpose="terugbellen"
    ),
    Kind.DISCLOSED: disclosed,
    Kind.DELIVERED: disclosed,
    Kind.WITHDRAWN: withdrawn,
    Kind.REQUESTED: lambda _: openness_actions.receive_request(cast.stranger(), form=RequestForm(subject="storing")),
    Kind.ERASED: erased,
    Kind.ROLE_GRANTED: lambda country: cast.let_in("Iemand", country.energy),
    Kind.CONFIGURED: lambda _: ledger_actions.record_configuration(JOB),
    Kind.KEY_ROTATED: lambda _: ledger_actions.rotate_key(JOB, kept=False),
}


@pytest.mark.parametrize("kind", DEEDS)
def test_each_deed_is_an_entry_once(kind: Kind) -> None:
    country = cast.found_country()
    before = ledger_queries.count_entries(JOB).get(kind, 0)
    DEEDS[kind](country)
    assert ledger_queries.count_entries(JOB)[kind] == before + 1


def test_an_unsealing_keeps_its_purpose_and_the_organisation_reads_it() -> None:
    country = cast.found_country()
    DEEDS[Kind.UNSEALED](country)
    (entry,) = ledger_queries.list_entries(cast.constituent(country.water), kind=Kind.UNSEALED)
    assert entry.details["purpose"] == "terugbellen"


def test_what_was_delivered_is_counted_by_channel_and_names_nobody() -> None:
    country = cast.found_country()
    told = disclosed(country)
    (entry,) = ledger_queries.list_entries(JOB, kind=Kind.DELIVERED, subject=told.id)
    assert entry.about is None
    assert entry.details == {"ways": {way.channel.value: 1 for way in told.deliveries}}
    assert entry.details["ways"]
