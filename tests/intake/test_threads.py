"""A mail that belongs to a report is added to it, and nobody gets into the report of another."""

from __future__ import annotations

import pytest
from tests.intake import cast

from meldpunt.access.values import JOB
from meldpunt.access.values import STRANGER as VISITOR
from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake import actions, queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import Channel, Receipt, ReporterDetails, ReportForm, Stage

pytestmark = pytest.mark.django_db

NOOR = "Noor <noor@korenbeurs.example>"
STRANGER = "Iemand <iemand@elders.example>"


def mail(text: str, *, sender: str = NOOR, name: str = "", **headers: str) -> bytes:
    more = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in headers.items())
    named = f"Message-ID: <{name}@korenbeurs.example>\r\n" if name else ""
    return f"From: {sender}\r\n{named}{more}\r\n{text}\r\n".encode()


def receive(text: str, *, sender: str = NOOR, name: str = "", **headers: str) -> Receipt:
    return actions.receive_mail(JOB, raw=mail(text, sender=sender, name=name, **headers))


def additions(receipt: Receipt) -> list[str]:
    """What the holder of the receipt reads under the report."""
    report = queries.follow_report(reporter_with(receipt.code))
    assert all(one.stage is Stage.ADDITION for one in report.stages)
    assert all(one.text.startswith("Per mail; of de afzender echt is, is niet nagegaan.") for one in report.stages)
    return [one.text.partition("\n\n")[2] for one in report.stages]


def reports() -> int:
    return len(queries.list_reports(cast.analyst()).lines)


def test_a_reply_of_who_reported_is_added_and_the_holder_of_the_receipt_reads_it() -> None:
    first = receive("Onze server is versleuteld.", name="een", Subject="Versleuteld")
    again = receive("Het log komt mee.", name="twee", Subject="Re: Versleuteld", In_Reply_To="<een@korenbeurs.example>")
    assert (again.report, again.reference, again.code) == (first.report, first.reference, "")
    assert additions(first) == ["Re: Versleuteld\n\nHet log komt mee."]
    assert reports() == 1
    items = evidence_queries.list_evidence(cast.analyst(), about=first.report)
    assert [item.name for item in items] == ["message.eml", "message.eml"]


def test_a_reply_to_a_reply_is_added_by_its_references() -> None:
    first = receive("a", name="een")
    receive("b", name="twee", References="<een@korenbeurs.example>")
    receive("c", References="<onbekend@elders.example> <twee@korenbeurs.example>")
    assert len(additions(first)) == 2


def test_our_reference_is_enough_for_who_reported_and_no_password_for_anybody_else() -> None:
    first = receive("a")
    receive("b", Subject=f"Over {first.reference.lower()}")
    other = receive("Ook geheim.", sender=STRANGER, Subject=f"Re: {first.reference}")
    assert len(additions(first)) == 1
    assert other.code
    assert additions(other) == []
    assert reports() == 2


def test_who_answers_a_mail_that_others_can_read_too_is_not_let_into_its_report() -> None:
    first = receive("a", name="lijst")
    other = receive("Bij ons ook.", sender=STRANGER, In_Reply_To="<lijst@korenbeurs.example>")
    assert (additions(first), reports()) == ([], 2)
    assert queries.get_report(cast.analyst(), report=other.report).text == "Bij ons ook.\r\n"


def test_who_typed_the_address_of_another_on_the_site_does_not_read_what_they_write() -> None:
    """A stranger reports in the name of Noor, and lures her with the reference that the site gave them."""
    form = ReportForm("Lokaas", "", reporter=ReporterDetails(email="noor@korenbeurs.example"))
    lure = actions.receive_report(VISITOR, form=form)
    forwarded = receive("Ik kreeg dit; onze kluis staat open.", Subject=f"Fwd: uw dossier {lure.reference}")
    assert (forwarded.code != "", additions(lure)) == (True, [])


def test_who_gave_the_address_of_another_on_the_telephone_does_not_read_what_they_write() -> None:
    form = ReportForm("Lokaas", "", reporter=ReporterDetails(email="noor@korenbeurs.example"))
    lure = actions.receive_report(cast.analyst(), form=form, channel=Channel.TELEPHONE)
    forwarded = receive("Onze kluis staat open.", Subject=lure.reference)
    assert (forwarded.code != "", additions(lure)) == (True, [])


def test_who_takes_the_message_id_of_another_does_not_take_over_the_thread() -> None:
    first = receive("a", name="een")
    taken = receive("van mij", sender=STRANGER, name="een")
    receive("vervolg", In_Reply_To="<een@korenbeurs.example>")
    assert (len(additions(first)), additions(taken)) == (1, [])


def test_the_same_mail_twice_is_one_report() -> None:
    first, again = receive("a", name="een"), receive("a", name="een")
    assert (again.report, again.code, reports()) == (first.report, "", 1)


def test_a_long_addition_without_words_but_with_a_file_is_received() -> None:
    first = receive("a", name="een")
    receive("é" * 200_000, In_Reply_To="<een@korenbeurs.example>")
    receive("", In_Reply_To="<een@korenbeurs.example>")
    long, empty = additions(first)
    assert (199_000 < len(long.encode()) <= 200_000, empty.splitlines()[-1]) == (True, "(geen tekst / no text)")
