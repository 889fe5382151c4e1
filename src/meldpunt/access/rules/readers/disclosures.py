"""What was told by us: to whom, and from whose report."""

from __future__ import annotations

from collections.abc import Mapping
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
    may,
    opened,
    own,
    says,
    with_its,
)

DESK, PORTAL, PUBLIC, SENSOR, JOBS = Door.DESK, Door.PORTAL, Door.PUBLIC, Door.SENSOR, Door.JOBS


_OVERSEEN = either(
    may("disclosure.oversee", "disclosure.approve"),
    both(may("figures.publish"), says("item", "overview")),
    both(may("disclosure.propose"), by_oneself("proposed_by")),
)
_OVERSEEN_ITS = with_its("disclosure_disclosure", by="disclosure_id", where=_OVERSEEN)
TOLD = with_its("disclosure_reader", by="disclosure_id", theirs="disclosure_id")
_TRACED = with_its("disclosure_origin", by="disclosure_id", theirs="disclosure_id")
STANDS = with_its("disclosure_disclosure", by="disclosure_id", where=says("state", "delivered"))
_KEPT = with_its("disclosure_disclosure", by="disclosure_id", where=says("state", "delivered", "superseded"))
_READS_WORDS = both(may("disclosure.read"), TOLD, _KEPT)
_ACT_ITSELF = either(
    both(may("disclosure.read"), with_its("disclosure_reader", by="id", theirs="disclosure_id")),
    both(may("disclosure.trace"), with_its("disclosure_origin", by="id", theirs="disclosure_id")),
)
_MAILED = both(may("disclosure.deliver"), with_its("disclosure_envelope", by="disclosure_id", theirs="disclosure_id"))
_MAILED_ITSELF = both(may("disclosure.deliver"), with_its("disclosure_envelope", by="id", theirs="disclosure_id"))
_READS_DELIVERY = both(may("disclosure.read"), with_its("disclosure_reader", by="reader_id"))


def _itself_or_its_person(viewer: Viewer, row: Row, _rows: Rows) -> bool:
    """What is for a named person is for no colleague."""
    return (
        viewer.organisation is not None
        and row["organisation"] == viewer.organisation
        and (row["person"] is None or row["person"] == viewer.actor)
    )


def _everybody(viewer: Viewer, row: Row, _rows: Rows) -> bool:
    return row["kind"] == "public" and viewer.actor is not None


def _of_the_network(viewer: Viewer, row: Row, rows: Rows) -> bool:
    return row["kind"] == "detection-network" and any(
        key["role"] == "sensor" and key["organisation"] is not None and key["organisation"] == row["organisation"]
        for key in rows.seen_by(viewer, "access_machinekey")
    )


def _is_not_red(_viewer: Viewer, row: Row, _rows: Rows) -> bool:
    """What binds persons is for no machine, in whichever circle it was told."""
    return row["tlp"] != "TLP:RED"


def _to_its_machine(viewer: Viewer, row: Row, rows: Rows) -> bool:
    """What an organisation was told, for the key of a machine of its own that reads; not what one person was."""
    return row["person"] is None and any(
        key["role"] == "reader" and key["organisation"] is not None and key["organisation"] == row["organisation"]
        for key in rows.seen_by(viewer, "access_machinekey")
    )


def _listed(viewer: Viewer, row: Row, rows: Rows) -> bool:
    """A file reaches a reader when the version lists it."""
    return any(
        version["disclosure_id"] == row["disclosure_id"] and row["id"] in version["attachments"]  # type: ignore[operator]
        for version in rows.seen_by(viewer, "disclosure_version")
    )


DISCLOSURES: Final[Mapping[str, Readers]] = {
    "disclosure_disclosure": {
        DESK: _OVERSEEN,
        JOBS: either(_OVERSEEN, may("figures.compile"), _MAILED_ITSELF),
        PORTAL: _ACT_ITSELF,
        PUBLIC: _ACT_ITSELF,
        SENSOR: both(_ACT_ITSELF, _is_not_red),
    },
    "disclosure_proposal": {DESK: _OVERSEEN_ITS, JOBS: _OVERSEEN_ITS},
    "disclosure_addressee": {DESK: _OVERSEEN_ITS, JOBS: _OVERSEEN_ITS, PORTAL: _TRACED, PUBLIC: _TRACED},
    "disclosure_origin": {
        DESK: _OVERSEEN_ITS,
        JOBS: _OVERSEEN_ITS,
        PORTAL: both(may("disclosure.trace"), own("organisation"), opened),
        PUBLIC: both(may("disclosure.trace"), by_receipt, opened),
    },
    "disclosure_reader": {
        DESK: _OVERSEEN_ITS,
        JOBS: _OVERSEEN_ITS,
        PORTAL: _itself_or_its_person,
        PUBLIC: either(_everybody, by_receipt),
        SENSOR: either(_of_the_network, _to_its_machine),
    },
    "disclosure_delivery": {
        DESK: _OVERSEEN_ITS,
        JOBS: either(
            _OVERSEEN_ITS, both(may("disclosure.deliver"), says("channel", "mail", "mail-notice", "reporter-mail"))
        ),
        PORTAL: _READS_DELIVERY,
        PUBLIC: _READS_DELIVERY,
        SENSOR: _READS_DELIVERY,
    },
    "disclosure_version": {
        DESK: _OVERSEEN_ITS,
        JOBS: either(_OVERSEEN_ITS, _MAILED),
        PORTAL: _READS_WORDS,
        PUBLIC: _READS_WORDS,
        SENSOR: _READS_WORDS,
    },
    "disclosure_attachment": {
        DESK: _OVERSEEN_ITS,
        JOBS: either(_OVERSEEN_ITS, _MAILED),
        PORTAL: _listed,
        PUBLIC: _listed,
        SENSOR: _listed,
    },
    "disclosure_envelope": {DESK: _OVERSEEN_ITS, JOBS: may("disclosure.deliver")},
    "disclosure_bounce": {DESK: _OVERSEEN_ITS, JOBS: may("disclosure.deliver")},
}
