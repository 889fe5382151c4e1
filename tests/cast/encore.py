"""What the story leaves out and the matrix needs: a second reporter, so that two organisations can be kept apart."""

from __future__ import annotations

import secrets
import time
from base64 import b32encode
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.db import connection
from django.utils import timezone

from meldpunt.access import actions as access_actions
from meldpunt.access import proving
from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, STRANGER, Actor, Door, Role
from meldpunt.cases import actions as case_actions
from meldpunt.cases.values import CaseId
from meldpunt.constituency import actions as constituency_actions
from meldpunt.detection import actions as detection_actions
from meldpunt.detection.values import IndicatorForm, IndicatorKind
from meldpunt.disclosure.values import Unshown
from meldpunt.engines.vulnerability.matrix import Rating
from meldpunt.entrypoints.cli.story.people import code_now
from meldpunt.entrypoints.cli.story.steps import telling
from meldpunt.entrypoints.cli.story.world import World
from meldpunt.entrypoints.web.doors import nobody_at
from meldpunt.evidence import actions as evidence_actions
from meldpunt.evidence.values import HoldGround
from meldpunt.inquiries import actions as inquiry_actions
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.mail_values import MailboxLook, MailboxTrouble
from meldpunt.intake.receipts import new_code
from meldpunt.intake.values import Attached, ReporterDetails, ReportForm, ReportKind, Stage
from meldpunt.isacs import actions as isac_actions
from meldpunt.isacs import queries as isac_queries
from meldpunt.isacs.values import PostForm
from meldpunt.isacs.words import PostKind
from meldpunt.law import Condition, DataKind
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import (
    Asking,
    ConsultationId,
    Habit,
    Heed,
    Heeding,
    Objection,
    ScaleForm,
    ViewForm,
    VulnerabilityForm,
)
from meldpunt.vocabulary.markings import PAP, TLP

BANK_FILE = b"bankafschrift-van-de-aanvaller: mosterdzaad 7781"


def bank_report() -> ReportForm:
    """A report that has nothing to do with water."""
    return ReportForm(
        title="Kwikstaartfraude in de balieprogramma's",
        text="Een kwikstaartprogramma schrijft kleine bedragen over naar lepelaar.nachtuil.example.",
        kind=ReportKind.VOLUNTARY,
        sector="banking",
        reporter=ReporterDetails(
            name="Nadira Goudsbloem", email="nadira@bank-de-korenbeurs.example", phone="06 33344455"
        ),
    )


def play(world: World) -> None:
    """The bank reports too; the water company goes on; the mail joins the case; who owes an answer is reminded."""
    intake_actions.note_mailbox(JOB, name="meld@post.example/INBOX", look=MailboxLook(1, 7, {"3": "too-large"}, None))
    unreachable = MailboxLook(0, None, None, MailboxTrouble.UNREACHABLE)
    intake_actions.note_mailbox(JOB, name="spoed@post.example/INBOX", look=unreachable)
    # Of nobody whom we know, so that whoever completes reports may look where it came from.
    intake_actions.receive_mail(JOB, raw=b"From: tapuit@elders.example\r\nPrecedence: list\r\n\r\nEen tapuit.\r\n")
    spam = b"From: w@elders.example\r\nSubject: Nu: waterspreeuwenvoer\r\nX-Spam-Flag: YES\r\n\r\nGoedkoop."
    intake_actions.receive_mail(JOB, raw=spam, envelope_sender="grauweklauwier@elders.example")
    bank, analyst = world.actor("bank-security"), world.actor("second-analyst")
    world.receipts["bank"] = intake_actions.receive_report(
        bank, form=bank_report(), attachments=(Attached("mosterdzaad.txt", "text/plain", BANK_FILE),)
    )
    _begin_and_not_send()
    evidence_actions.hold_evidence(
        analyst, about=world.receipts["bank"].report, ground=HoldGround.COURT, reason="de griffier vroeg om het stuk"
    )
    intake_actions.submit_stage(
        world.actor("water-security"),
        report=world.receipts["water"].report,
        stage=Stage.NOTIFICATION,
        text="Stand van zeven uur: ook de regelkamer van Halverhorst vertoont kraanvogelgedrag.",
    )
    detection_actions.add_indicator(
        analyst,
        form=IndicatorForm(
            kind=IndicatorKind.DOMAIN,
            value="lepelaar.nachtuil.example",
            description="Nog aan niemand verteld.",
            reports=(world.receipts["bank"].report,),
        ),
    )
    _forget_a_deadline(world)
    _ask_in_vain(world)
    inquiry_actions.remind_bodies(JOB, now=timezone.now() + timedelta(days=12))
    _work_on_cases(world)
    _leave_the_table(world)
    _lose_a_password(world)
    _bind_a_certificate(world)
    _look_at_the_queue(world)


def _look_at_the_queue(world: World) -> None:
    """Who does casework reads a report, and one of them keeps views of the queue, one of which is shared."""
    for name in ("analyst", "second-analyst", "duty-officer", "second-duty-officer"):
        triage_actions.note_reading(world.actor(name), report=world.receipts["water"].report)
    keeper = world.actor("second-analyst")
    own = triage_actions.save_view(keeper, name="Roodkeelduikers", asked={"text": "duiker"})
    triage_actions.save_view(keeper, name="Dodaarzen van vandaag", asked={"only": "today"}, is_shared=True)
    triage_actions.land_on(keeper, view=own)


def _bind_a_certificate(world: World) -> None:
    """The machine of the hospital has a certificate beside its key, with words in it that say whose it is."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ortolaanverbinding van het gasthuis")])
    key, now = ec.generate_private_key(ec.SECP256R1()), timezone.now()
    issued = x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
    issued = issued.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=30))
    raw = issued.sign(key, SHA256()).public_bytes(Encoding.PEM)
    constituency_actions.bind_certificate(world.actor("duty-officer"), key=world.actor("reader").id, raw=raw)


def _begin_and_not_send() -> None:
    """A stranger saved words and a file, of which not everything came in."""
    code, data = new_code(), b"een zandloperbestand: kluut 4417"
    intake_actions.save_draft(STRANGER, code=code, fields={"title": ["Zandloperverschijnsel, nog niet gestuurd"]})
    begun = intake_actions.begin_file(
        STRANGER, code=code, name="zandloperbestand.txt", media_type="text/plain", length=len(data) + 1
    )
    intake_actions.append_to_file(STRANGER, code=code, upload=begun.id, offset=0, data=data)


def _lose_a_password(world: World) -> None:
    """A director of the water company waits for a new start: asked by somebody new, for a code opens nothing twice."""
    email, password = "joris.zandhaas@meldpunt.example", "zeven trage zandhazen"
    access_actions.create_account(
        JOB, email=email, name="Joris Zandhaas", roles=[Role.ADMINISTRATOR], password=password
    )
    secret = b32encode(secrets.token_bytes(20)).decode()
    with bound(nobody_at(Door.DESK)):
        _, key = proving.open_session(Door.DESK, email=email, password=password, visitor="192.0.2.44")
        begun = proving.find_session(key)
        assert begun is not None
        proving.enrol_factor(begun, secret=secret, code=code_now(secret))
        session = proving.find_session(key)
        assert session is not None
    director = world.actor("water-director").id
    constituency_actions.ask_new_start(session.actor, session=session, account=director)


def _forget_a_deadline(world: World) -> None:
    """The bank has a duty and says nothing more; the moment to remind it comes just after its report."""
    soon = timezone.now() - timedelta(hours=20) + timedelta(seconds=2)
    form = ReportForm(title="Wielewaal", text="Nog weinig bekend.", kind=ReportKind.STATUTORY, aware_at=soon)
    intake_actions.receive_report(world.actor("bank-security"), form=form)
    time.sleep(2)
    intake_actions.remind_of_deadlines(JOB)


def _ask_in_vain(world: World) -> None:
    """Without consent and without a task there is no ground: what was asked is kept, and tells nobody anything."""
    triage_actions.consult_parties(
        world.actor("analyst"),
        asking=Asking(
            report=world.receipts["water"].report,
            parties=(world.organisation("military-intelligence"),),
            questions="Kent u de werkwijze van de roerdomp?",
            data=frozenset({DataKind.INCIDENT_NATURE, DataKind.REPORTER_IDENTITY}),
            due_at=timezone.now() + timedelta(hours=4),
        ),
        seen=Unshown.IN_A_PROGRAM,
    )


def _look_along_to_the_end(world: World) -> None:
    """The service asks back and is answered; its hold on another report is passed over, and it hears so."""
    analyst, officer = world.actor("second-analyst"), world.actor("general-intelligence-officer")
    first = ConsultationId(world.ids["service-consultation"])
    question = triage_actions.ask_desk(officer, consultation=first, text="Zag u ook een koperwiekverbinding?")
    said = "Nee, een koperwiek zagen wij niet."
    triage_actions.answer_party(analyst, question=question.id, text=said, seen=Unshown.IN_A_PROGRAM)
    mail = world.receipts["mail"].report
    (asked,) = triage_actions.consult_parties(
        analyst,
        asking=Asking(
            report=mail,
            parties=(world.organisation("general-intelligence"),),
            questions="Hoort dit bij het hopspoor?",
            data=frozenset(),
            due_at=timezone.now() + timedelta(seconds=1),
            conditions=frozenset({Condition.RECIPIENT_TASK}),
        ),
        seen=Unshown.IN_A_PROGRAM,
    )
    time.sleep(1)
    triage_actions.remind_parties(JOB)
    hold = ViewForm(objection=Objection.HOLD, text="Wacht tot de grutto weg is.")
    triage_actions.give_view(officer, consultation=asked.id, form=hold)
    world.ids["held-consultation"] = asked.id


def _work_on_cases(world: World) -> None:
    _look_along_to_the_end(world)
    analyst, case = world.actor("second-analyst"), CaseId(world.ids["case"])
    other = case_actions.accept_report(
        analyst,
        report=world.receipts["mail"].report,
        title="Gemeente mist haar meetwaarden",
        reason="Zelfde adressen, maar een andere melder: eerst apart bekijken.",
        followed={
            ConsultationId(world.ids["held-consultation"]): Heeding(Heed.PASSED_OVER, "De smient kan niet wachten.")
        },
        is_over_hold=True,
    )
    world.ids["other-case"] = other
    case_actions.merge_cases(analyst, into=case, other=other, reason="Toch hetzelfde: samengevoegd bij ijsvogelberaad.")
    case_actions.add_entry(analyst, case=case, text="Reiger 4 belde: de leverancier komt morgen.")
    words = "De leverancier kent dit van een putterinstallatie elders."
    case_actions.add_document(analyst, case=case, title="Verslag van het gesprek", text=words)
    case_actions.add_task(analyst, case=case, title="Vraag de leverancier om de wulpversie van de bijwerking")
    mail = world.receipts["mail"].report
    late = intake_actions.submit_stage(JOB, report=mail, stage=Stage.ADDITION, text="Het waterhoentje is terug.")
    triage_actions.read_addition(analyst, report=mail, stage=late.id)
    rated = VulnerabilityForm(probability=Rating.LOW, deviation="Niet bereikbaar, zegt de kievit.")
    triage_actions.assess_vulnerability(analyst, report=mail, cve="CVE-2999-0001", form=rated)
    placed = ScaleForm(impact="green", reason="Alleen de grutto merkt het.")
    triage_actions.scale_report(analyst, report=mail, form=placed)
    triage_actions.save_draft(analyst, report=mail, form="consult", fields={"questions": "Half getypt: de kluut"})
    triage_actions.stay_at_report(analyst, report=mail, is_deciding=True)
    _an_hour_ago(analyst)
    triage_actions.keep_habit(analyst, habit=Habit(opens_next=True))
    triage_actions.begin_review(analyst, reports=[mail], asked="text=tureluur")


def _an_hour_ago(analyst: Actor) -> None:
    """Whoever was at a report is there no longer, whenever the rows are counted: a job may see that it can go."""
    with bound(analyst), connection.cursor() as cursor:
        cursor.execute("UPDATE triage_presence SET at = at - '1 hour'::interval, expires_at = at - '59 min'::interval")


def _leave_the_table(world: World) -> None:
    """One who told something unattributed leaves, asks for a seat again, and reads no more of what the others tell."""
    isac, well, pipes = world.cast.isacs["drinking-water"], world.actor("well-security"), world.actor("pipe-security")
    isac_actions.leave_table(pipes, isac=isac)
    isac_actions.carry_out_motions(JOB)
    isac_actions.ask_for_seat(pipes, isac=isac, words="Graag terug aan het smientenoverleg.", is_hidden=True)

    def saying(text: str, *, is_unattributed: bool = False) -> PostForm:
        return PostForm(
            isac=isac,
            kind=PostKind.POST,
            title="Aan tafel",
            text=text,
            tlp=TLP.AMBER,
            pap=PAP.AMBER,
            is_unattributed=is_unattributed,
        )

    telling.tell(world, world.actor("water-security"), saying("Na het vertrek klonk waterhoenroep."))
    waits = isac_actions.write_post(well, form=saying("Futenoverleg.", is_unattributed=True))
    isac_actions.send_post(well, post=waits, seen=isac_queries.preview_post(well, post=waits).sight)
    isac_actions.write_post(well, form=saying("Een dodaarsconcept."))
