"""The ledger as everybody may see it: heads and keys, and no entry."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from meldpunt.access.values import JOB
from meldpunt.intake import actions as intake_actions
from meldpunt.ledger import actions as ledger_actions
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.witness import Seen, look_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)


def grown() -> Seen:
    intake_actions.receive_mail(JOB, raw=b"Subject: Waterbedrijf De Aa\n\nons wachtwoord is weg")
    signed = ledger_actions.sign_checkpoint(JOB)
    return Seen(signed.vkey, signed.note)


def test_the_newest_head_and_every_key_stand_on_the_page(client: Client) -> None:
    first = grown()
    ledger_actions.rotate_key(JOB, kept=False)
    last = grown()
    page = client.get("/ledger", headers={"accept-language": "en"}).content.decode()
    assert str(last.head.size) in page
    for vkey in (first.vkey, last.vkey):
        assert vkey.replace("+", "&#x2B;") in page or vkey in page
    assert client.get("/ledger/checkpoint").content.decode() == last.note
    assert client.get("/ledger/checkpoint")["Content-Type"] == "text/plain; charset=utf-8"


def test_whoever_saw_an_earlier_head_gets_the_proof_that_this_one_extends_it(client: Client) -> None:
    seen = grown()
    last = grown()
    answer = client.get("/ledger/consistency", {"since": seen.head.size}).content
    assert look_at(answer.splitlines(keepends=True), seen=seen, vkeys=[]) == last


@pytest.mark.parametrize("since", ["", "-1", "x", "9" * 18, "9" * 40, "²"])
def test_a_tree_that_was_never_signed_has_no_proof(client: Client, since: str) -> None:
    grown()
    assert client.get("/ledger/consistency", {"since": since}).status_code == 404


def test_before_anything_was_signed_the_page_says_so(client: Client) -> None:
    assert "Nothing was signed yet." in client.get("/ledger", headers={"accept-language": "en"}).content.decode()
    assert client.get("/ledger/checkpoint").status_code == 404
    assert client.get("/ledger/consistency", {"since": "0"}).status_code == 409


def test_no_entry_stands_on_any_of_the_pages(client: Client) -> None:
    grown()
    entry = ledger_queries.list_entries(JOB)[0]
    told = b"".join(
        client.get(page).content for page in ("/ledger", "/ledger/checkpoint", "/ledger/consistency?since=0")
    )
    for word in (str(entry.id), str(entry.subject), entry.kind.value, "Waterbedrijf"):
        assert word.encode() not in told
