"""What was told names whom it may name to its reader. A colleague who unsealed nothing is no reader."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.rules import PERMISSIONS
from meldpunt.access.values import Actor, Door, OrganisationId, Permission, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import SEALED
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import models
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.packing import pack_parts
from meldpunt.disclosure.values import Attachment, Disclosure, ItemKind, State, Unshown
from meldpunt.law import Condition, DataKind, Purpose
from meldpunt.ledger import queries as ledger_queries

from . import cast

pytestmark = pytest.mark.django_db

FILE = Attachment(f"{cast.NAME}.txt", "text/plain", b"leeg", DataKind.ADVICE)
WAITING = replace(FILE, media_type="application/pdf")


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


def told_to_itself(country: cast.Country, by: Actor) -> Disclosure:
    """A letter to who reported, which names it."""
    part = cast.told(DataKind.ADVICE, f"Geachte {cast.NAME}, bij u is ingebroken.")
    draft = cast.draft_for(
        cast.to(country.water),
        part,
        purpose=Purpose.ADVISE,
        item=ItemKind.ADVICE,
        origins=(cast.origin_at(country.water),),
        title=f"Brief aan {cast.NAME}",
        attachments=(FILE,),
    )
    return disclosure_actions.disclose(by, draft=draft, reason="zij meldde het", seen=Unshown.IN_A_PROGRAM)


def unsealed(organisation: OrganisationId) -> Actor:
    viewer = cast.analyst()
    constituency_actions.unseal_identity(viewer, organisation=organisation, purpose="nalezen")
    return viewer


def test_who_unsealed_nothing_reads_a_letter_with_its_name_masked(country: cast.Country) -> None:
    told = told_to_itself(country, unsealed(country.water))
    assert told.state is State.DELIVERED
    seen = disclosure_queries.get_disclosure(cast.analyst(), disclosure=told.id)
    lines = disclosure_queries.list_disclosures(cast.analyst())
    assert cast.NAME not in repr((seen, lines))
    assert SEALED in seen.kept[0].text
    assert (seen.sealed, seen.content_hash) == ((country.water,), told.content_hash)


def test_no_guess_at_the_name_is_confirmed_by_the_fingerprint(country: cast.Country) -> None:
    told = told_to_itself(country, cast.analyst())
    (read,) = disclosure_queries.list_delivered(cast.constituent(country.water))
    guessed = {
        "disclosure": str(told.id),
        "language": read.language,
        "tlp": read.tlp.value,
        "pap": read.pap.value,
        "title": read.title,
        "parts": pack_parts(read.parts),
        "attachments": [
            {"name": one.name, "media_type": one.media_type, "sha256": one.digest.hex()} for one in read.attachments
        ],
    }
    assert fingerprint_of(guessed) != told.content_hash
    with bound(cast.constituent(country.water)):
        version = models.Version.objects.values_list("id", flat=True).get(disclosure_id=told.id)
    assert fingerprint_of(guessed | {"version": str(version)}) == told.content_hash


def fingerprint_of(content: dict[str, object]) -> bytes:
    """As `packing.content_hash` says it is made."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()


def test_who_unsealed_reads_it_as_its_reader_got_it(country: cast.Country) -> None:
    viewer = unsealed(country.water)
    told = told_to_itself(country, viewer)
    seen = disclosure_queries.get_disclosure(viewer, disclosure=told.id)
    (delivered,) = disclosure_queries.list_delivered(cast.constituent(country.water))
    assert (seen.title, seen.kept, seen.sealed) == (delivered.title, delivered.parts, ())
    assert cast.NAME in seen.kept[0].text
    assert [line.title for line in disclosure_queries.list_disclosures(viewer)] == [delivered.title]


def test_the_reader_is_told_the_name_also_where_who_decided_may_not_read_it(country: cast.Country) -> None:
    told = told_to_itself(country, cast.analyst())
    assert cast.NAME not in repr(told)
    (delivered,) = disclosure_queries.list_delivered(cast.constituent(country.water))
    assert cast.NAME in delivered.parts[0].text


def letter_about(country: cast.Country) -> Disclosure:
    """A letter that waits for a second person, about an organisation that did not report."""
    draft = replace(
        cast.escalation(country),
        parts=(cast.told(DataKind.ADVICE, f"{cast.NAME} volgde het niet op."),),
        attachments=(WAITING,),
        about=(country.water,),
    )
    return disclosure_actions.disclose(
        cast.analyst(), draft=draft, reason=f"{cast.NAME} wacht te lang", seen=Unshown.IN_A_PROGRAM
    )


def test_a_letter_about_somebody_who_did_not_report_is_masked_too(country: cast.Country) -> None:
    letter = letter_about(country)
    seen = disclosure_queries.get_disclosure(cast.analyst(), disclosure=letter.id)
    assert cast.NAME not in repr((letter, seen))
    assert seen.sealed == (country.water,)


@pytest.mark.parametrize("role", [role for role, held in PERMISSIONS.items() if Permission.DISCLOSURE_APPROVE in held])
def test_who_may_approve_reads_a_letter_whole_with_its_files(country: cast.Country, role: Role) -> None:
    letter, second = letter_about(country), cast.actor_of(role, Door.DESK)
    asked = disclosure_queries.get_disclosure(second, disclosure=letter.id)
    (file,) = asked.attachments
    assert (asked.sealed, asked.kept[0].text, file.name) == ((), f"{cast.NAME} volgde het niet op.", FILE.name)
    assert disclosure_queries.open_proposed_attachment(second, disclosure=letter.id, attachment=file.id) == WAITING
    assert (
        disclosure_actions.approve_disclosure(second, disclosure=letter.id, reason="gezien", seen=letter.sight).state
        is State.DELIVERED
    )


def test_who_may_not_approve_does_not_open_its_files(country: cast.Country) -> None:
    letter = letter_about(country)
    (file,) = letter.attachments
    with pytest.raises(PermissionMissing):
        disclosure_queries.open_proposed_attachment(cast.analyst(), disclosure=letter.id, attachment=file.id)


def test_on_whose_word_is_read_by_who_unsealed_and_by_nobody_in_the_ledger(country: cast.Country) -> None:
    draft = replace(
        cast.draft_for(cast.to(country.police), origins=(cast.origin_at(country.water),)),
        conditions=frozenset({Condition.REPORTER_CONSENT}),
        vouching="Jantine Verhoog zei ja, van jantine@zuiderwiel.example.",
    )
    told = disclosure_actions.disclose(cast.analyst(), draft=draft, reason="aangifte", seen=Unshown.IN_A_PROGRAM)
    seen = disclosure_queries.get_disclosure(cast.analyst(), disclosure=told.id)
    assert "zei ja" in seen.vouching
    assert "Verhoog" not in repr((seen, ledger_queries.list_entries(cast.duty_officer())))
    known = disclosure_queries.get_disclosure(unsealed(country.water), disclosure=told.id)
    assert known.vouching == draft.vouching


def test_what_a_reader_notes_is_masked_like_what_it_read(country: cast.Country) -> None:
    told = told_to_itself(country, cast.analyst())
    reader = cast.constituent(country.water)
    disclosure_actions.acknowledge_disclosure(reader, disclosure=told.id, note=f"Gelezen, {cast.NAME}")
    notes = [
        disclosure_queries.get_disclosure(viewer, disclosure=told.id).deliveries[0].note
        for viewer in (cast.analyst(), unsealed(country.water))
    ]
    assert cast.NAME not in notes[0]
    assert notes[1] == f"Gelezen, {cast.NAME}"
