"""Accounts, keys, sessions, the ledger, evidence, and who is served."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from ...values import Door
from ..reading import (
    Readers,
    Row,
    Rows,
    Viewer,
    both,
    by_oneself,
    by_receipt,
    either,
    inside,
    may,
    opened,
    own,
    says,
    unsealed,
    with_its,
)

DESK, PORTAL, PUBLIC, SENSOR, JOBS = Door.DESK, Door.PORTAL, Door.PUBLIC, Door.SENSOR, Door.JOBS


def _organisation_of(row: Row) -> object:
    return row["organisation_id"] if "organisation_id" in row else row["id"]


def _party(_viewer: Viewer, row: Row, rows: Rows) -> bool:
    """Parties are public bodies."""
    named = _organisation_of(row)
    return any(one["id"] == named and one["kind"] == "party" for one in rows.of["constituency_organisation"])


def _unsealed(viewer: Viewer, row: Row, rows: Rows) -> bool:
    return row["organisation_id"] in unsealed(viewer, rows)


_SEALED = both(may("organisation.read"), either(may("constituency.manage"), _party, _unsealed))
_OWN = both(may("organisation.read"), own())
_IDENTIFYING: Readers = {DESK: _SEALED, JOBS: may("constituency.read"), PORTAL: _OWN}


def _of_its_key(viewer: Viewer, row: Row, rows: Rows) -> bool:
    return "organisation.read" in viewer.permissions and any(
        key["organisation"] is not None and key["organisation"] == _organisation_of(row)
        for key in rows.seen_by(viewer, "access_machinekey")
    )


_BY_CODE: Readers = inside("organisation.read") | {PORTAL: _OWN}


def _sits(viewer: Viewer, row: Row, rows: Rows) -> bool:
    """The viewer's organisation sits or sat at the table."""
    return any(
        seat["isac_id"] == row["id"] and seat["organisation_id"] == viewer.organisation
        for seat in rows.seen_by(viewer, "constituency_membership")
    )


def _of_its_sector(viewer: Viewer, row: Row, rows: Rows) -> bool:
    return any(
        one["id"] == viewer.organisation and one["sector"] == row["sector"]
        for one in rows.seen_by(viewer, "constituency_organisation")
    )


def _itself(viewer: Viewer, row: Row, _rows: Rows) -> bool:
    """An account shows to who came in with it, at its own door."""
    return row["id"] == viewer.actor and row["door"] == viewer.door.value


def _shown(viewer: Viewer, row: Row, rows: Rows) -> bool:
    until, is_live = row["expires_at"], row["revoked_at"] is None
    is_shown = viewer.key_digest is not None and row["digest"] == viewer.key_digest
    comes_along = not row["needs_certificate"] or any(
        one["machine_id"] == row["id"] for one in rows.seen_by(viewer, "access_machinecertificate")
    )
    return is_shown and is_live and isinstance(until, datetime) and until > rows.now and comes_along


def _came_with(viewer: Viewer, row: Row, rows: Rows) -> bool:
    """A certificate shows to a connection that was made with it, as long as it holds."""
    begins, ends = row["not_before"], row["not_after"]
    holds = isinstance(begins, datetime) and isinstance(ends, datetime) and begins <= rows.now < ends
    return holds and row["revoked_at"] is None and row["fingerprint"] == viewer.certificate


def _sealed_by_its_key(viewer: Viewer, row: Row, rows: Rows) -> bool:
    return any(row["sealed_by"] == key["id"] for key in rows.seen_by(viewer, "access_machinekey"))


def _expired(_viewer: Viewer, row: Row, rows: Rows) -> bool:
    return isinstance(row["expires_at"], datetime) and row["expires_at"] < rows.now


_COMING_IN = with_its("evidence_upload", by="item")
_OF_A_SHREDDED_ITEM = with_its(
    "evidence_item", by="item", where=lambda _viewer, row, _rows: row["shredded_at"] is not None
)


def _given_to_its_key(viewer: Viewer, row: Row, rows: Rows) -> bool:
    return any(row["machine_id"] == key["id"] for key in rows.seen_by(viewer, "access_machinekey"))


_PROVERS: Readers = {door: may("ledger.prove") for door in (DESK, PORTAL, PUBLIC, JOBS)}

PLATFORM: Final[Mapping[str, Readers]] = {
    "access_account": {DESK: _itself, PORTAL: _itself, JOBS: may("account.manage")},
    "access_machinekey": {
        SENSOR: _shown,
        JOBS: may("account.manage"),
        DESK: may("constituency.manage"),
        PORTAL: both(may("organisation.read-own"), own("organisation")),
    },
    "access_machinecertificate": {
        SENSOR: _came_with,
        DESK: may("constituency.manage"),
        PORTAL: with_its("access_machinekey", by="machine_id"),
    },
    "access_answered": {SENSOR: _given_to_its_key, JOBS: both(may("account.manage"), _expired)},
    "access_pepper": {},
    "access_password": {},
    "access_factor": {},
    "access_recovery": {},
    "access_guess": {},
    "access_failure": {},
    "access_session": {},
    "access_device": {},
    "access_newstart": {},
    "access_spent": {},
    "ledger_turn": {},
    "ledger_checkpoint": _PROVERS,
    "ledger_cosignature": _PROVERS,
    "ledger_node": _PROVERS,
    "ledger_entry": inside("ledger.read")
    | {PORTAL: both(either(own("about"), by_receipt), opened), PUBLIC: both(by_receipt, opened)},
    "evidence_content": {DESK: may("evidence.open"), JOBS: may("evidence.shred")},
    "evidence_part": {
        DESK: both(may("evidence.open"), with_its("evidence_item", by="item")),
        JOBS: both(may("evidence.shred"), either(_COMING_IN, _OF_A_SHREDDED_ITEM)),
        **dict.fromkeys((PORTAL, PUBLIC), both(may("evidence.seal"), _COMING_IN)),
    },
    "evidence_upload": {
        **{door: both(may("evidence.seal"), says("door", door.value), by_receipt) for door in (PORTAL, PUBLIC)},
        JOBS: both(may("evidence.shred"), _expired),
    },
    "evidence_key": {DESK: may("evidence.open"), JOBS: may("evidence.shred")},
    "evidence_ending": inside("evidence.seal"),
    "evidence_hold": {door: may("evidence.hold", "evidence.shred") for door in (DESK, JOBS)},
    "evidence_item": {
        DESK: may("evidence.open", "evidence.shred"),
        JOBS: may("evidence.open", "evidence.shred"),
        PORTAL: own("organisation"),
        SENSOR: _sealed_by_its_key,
    },
    "constituency_asn": _IDENTIFYING,
    "constituency_contact": _IDENTIFYING,
    "constituency_domain": _IDENTIFYING,
    "constituency_network": _IDENTIFYING,
    "constituency_identity": _IDENTIFYING
    | {PORTAL: both(may("organisation.read"), either(own(), _party)), SENSOR: _of_its_key},
    "constituency_key": {
        DESK: _SEALED,
        JOBS: may("disclosure.deliver"),
        PORTAL: both(may("organisation.read-own"), own()),
    },
    "constituency_organisation": inside("organisation.read")
    | {PORTAL: both(may("organisation.read"), either(own("id"), _party)), SENSOR: _of_its_key},
    "constituency_isac": inside("organisation.read")
    | {PORTAL: either(both(may("organisation.read"), _sits), both(may("isac.speak"), _of_its_sector))},
    "constituency_membership": _BY_CODE,
    "constituency_participation": _BY_CODE | {SENSOR: _of_its_key},
    "constituency_product": _BY_CODE,
    "constituency_supervision": inside("organisation.read") | {PORTAL: may("organisation.read")},
    "constituency_unsealing": {DESK: by_oneself("actor")},
    "constituency_vitallink": _BY_CODE | {SENSOR: _of_its_key},
    "services_service": {
        DESK: may("triage.read"),
        JOBS: may("constituency.manage"),
        PORTAL: both(may("organisation.read-own"), own()),
    },
    "services_naming": {
        DESK: may("triage.read"),
        JOBS: may("constituency.manage"),
        PORTAL: with_its("services_service", by="of_service_id"),
    },
    "services_meant": {DESK: may("triage.read"), JOBS: may("constituency.manage")},
    "services_dependency": {
        DESK: may("triage.read"),
        JOBS: may("constituency.manage"),
        PORTAL: with_its("services_service", by="of_service_id"),
    },
}
