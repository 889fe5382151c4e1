"""What the enums of the outward rooms and of the ledger are called; most of their words come Bilingual."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meldpunt.advice.values import AnswerKind
from meldpunt.campaigns.values import CampaignState
from meldpunt.detection.values import IndicatorKind
from meldpunt.disclosure.values import Channel, DeliveryState, EnvelopeState, LeftOutReason, Trouble
from meldpunt.engines.redaction.values import SpanKind
from meldpunt.ledger.values import Kind

OUTWARD_LABELS: Mapping[type[StrEnum], Mapping[str, str | Promise]] = {
    Channel: {
        Channel.PORTAL: pgettext_lazy("delivery", "portal"),
        Channel.PUBLIC_SITE: pgettext_lazy("delivery", "public site"),
        Channel.API: pgettext_lazy("delivery", "API"),
        Channel.MAIL: pgettext_lazy("delivery", "encrypted mail"),
        Channel.NOTICE: pgettext_lazy("delivery", "mail without content"),
        Channel.REPORTER_MAIL: pgettext_lazy("delivery", "mail to who reported"),
    },
    EnvelopeState: {
        EnvelopeState.WAITING: pgettext_lazy("delivery", "waiting to be sent"),
        EnvelopeState.SENT: pgettext_lazy("delivery", "sent"),
        EnvelopeState.FAILED: pgettext_lazy("delivery", "not sent"),
        EnvelopeState.BOUNCED: pgettext_lazy("delivery", "came back"),
        EnvelopeState.WITHDRAWN: pgettext_lazy("delivery", "withdrawn"),
    },
    Trouble: {
        Trouble.KEY_MISSING: pgettext_lazy("trouble", "no key on file"),
        Trouble.KEY_UNVERIFIED: pgettext_lazy("trouble", "key not verified"),
        Trouble.KEY_EXPIRED: pgettext_lazy("trouble", "key has expired"),
        Trouble.KEY_REVOKED: pgettext_lazy("trouble", "key revoked"),
        Trouble.KEY_UNFIT: pgettext_lazy("trouble", "key does not encrypt"),
        Trouble.REFUSED: pgettext_lazy("trouble", "refused by the mail server"),
        Trouble.UNANSWERED: pgettext_lazy("trouble", "the mail server does not take it"),
        Trouble.DELAYED: pgettext_lazy("trouble", "delayed on the way"),
        Trouble.BOUNCED: pgettext_lazy("trouble", "came back"),
    },
    DeliveryState: {
        DeliveryState.SENT: pgettext_lazy("delivery", "sent"),
        DeliveryState.READ: pgettext_lazy("delivery", "read"),
        DeliveryState.ACKNOWLEDGED: pgettext_lazy("delivery", "acknowledged"),
        DeliveryState.WITHDRAWN: pgettext_lazy("delivery", "withdrawn"),
        DeliveryState.WAITING: pgettext_lazy("delivery", "waiting to be sent"),
        DeliveryState.FAILED: pgettext_lazy("delivery", "not sent"),
        DeliveryState.BOUNCED: pgettext_lazy("delivery", "came back"),
    },
    LeftOutReason: {
        LeftOutReason.NOT_COVERED: _("no ground covers this for every reader"),
        LeftOutReason.IDENTIFIES: _("it holds what identifies who reported"),
        LeftOutReason.NOT_SEARCHABLE: _("it cannot be searched for who reported"),
    },
    AnswerKind: {
        AnswerKind.ACKNOWLEDGE: pgettext_lazy("answer", "acknowledged"),
        AnswerKind.DONE: pgettext_lazy("answer", "done"),
        AnswerKind.REFUSE: pgettext_lazy("answer", "refused"),
    },
    CampaignState: {
        CampaignState.PREPARED: pgettext_lazy("campaign", "prepared"),
        CampaignState.RUNNING: pgettext_lazy("campaign", "running"),
        CampaignState.CLOSED: pgettext_lazy("campaign", "closed"),
    },
    IndicatorKind: {
        IndicatorKind.ADDRESS: _("IP address"),
        IndicatorKind.NETWORK: _("network"),
        IndicatorKind.DOMAIN: _("domain"),
        IndicatorKind.URL: _("URL"),
        IndicatorKind.MAIL: _("mail address"),
        IndicatorKind.HASH: _("hash of a file"),
    },
    SpanKind: {
        SpanKind.NAME: pgettext_lazy("passage", "name of an organisation"),
        SpanKind.PERSON: pgettext_lazy("passage", "person"),
        SpanKind.DOMAIN: pgettext_lazy("passage", "domain"),
        SpanKind.IP: pgettext_lazy("passage", "IP address"),
        SpanKind.PLACE: pgettext_lazy("passage", "place"),
        SpanKind.PHONE: pgettext_lazy("passage", "telephone number"),
        SpanKind.MAIL: pgettext_lazy("passage", "mail address"),
        SpanKind.PRODUCT: pgettext_lazy("passage", "product in use"),
        SpanKind.IBAN: pgettext_lazy("passage", "bank account"),
        SpanKind.BSN: pgettext_lazy("passage", "citizen service number"),
    },
    Kind: {
        Kind.RECEIVED: pgettext_lazy("entry", "report received"),
        Kind.STAGE_SUBMITTED: pgettext_lazy("entry", "stage of a report submitted"),
        Kind.ATTRIBUTED: pgettext_lazy("entry", "attributed to an organisation"),
        Kind.UNSEALED: pgettext_lazy("entry", "identity unsealed"),
        Kind.ASSESSED: pgettext_lazy("entry", "assessed"),
        Kind.DECIDED: pgettext_lazy("entry", "decided"),
        Kind.CONSULTED: pgettext_lazy("entry", "party consulted"),
        Kind.VIEW_GIVEN: pgettext_lazy("entry", "view given"),
        Kind.ASKED_BACK: pgettext_lazy("entry", "the desk asked back"),
        Kind.INQUIRY_ANSWERED: pgettext_lazy("entry", "inquiry answered"),
        Kind.CASE_OPENED: pgettext_lazy("entry", "case opened"),
        Kind.CASE_CHANGED: pgettext_lazy("entry", "case changed"),
        Kind.PROPOSED: pgettext_lazy("entry", "disclosure proposed"),
        Kind.REFUSED: pgettext_lazy("entry", "disclosure refused"),
        Kind.DISCLOSED: pgettext_lazy("entry", "disclosed"),
        Kind.DELIVERED: pgettext_lazy("entry", "delivered"),
        Kind.READ: pgettext_lazy("entry", "read by its reader"),
        Kind.ACKNOWLEDGED: pgettext_lazy("entry", "acknowledged by its reader"),
        Kind.WITHDRAWN: pgettext_lazy("entry", "disclosure withdrawn"),
        Kind.SUPERSEDED: pgettext_lazy("entry", "disclosure superseded"),
        Kind.REQUESTED: pgettext_lazy("entry", "information requested"),
        Kind.RELEASED: pgettext_lazy("entry", "information released"),
        Kind.ADVISED: pgettext_lazy("entry", "advised"),
        Kind.MEASURE_ANSWERED: pgettext_lazy("entry", "measure answered"),
        Kind.ESCALATED: pgettext_lazy("entry", "escalated to the ministry"),
        Kind.ACTIVATED: pgettext_lazy("entry", "joint response"),
        Kind.COMPILED: pgettext_lazy("entry", "figures compiled"),
        Kind.PUBLISHED: pgettext_lazy("entry", "figures published"),
        Kind.SIGHTED: pgettext_lazy("entry", "indicator sighted"),
        Kind.SEALED: pgettext_lazy("entry", "evidence sealed"),
        Kind.OPENED: pgettext_lazy("entry", "evidence opened"),
        Kind.LOADED: pgettext_lazy("entry", "file of EPSS or KEV loaded"),
        Kind.LOOKED_UP: pgettext_lazy("entry", "a registry was asked"),
        Kind.ERASED: pgettext_lazy("entry", "erased"),
        Kind.HELD: pgettext_lazy("entry", "evidence held"),
        Kind.HOLD_LIFTED: pgettext_lazy("entry", "hold on evidence ended"),
        Kind.KEY_ROTATED: pgettext_lazy("entry", "key of the ledger changed"),
        Kind.ROLE_GRANTED: pgettext_lazy("entry", "role granted"),
        Kind.ROLE_REVOKED: pgettext_lazy("entry", "role revoked"),
        Kind.ACCOUNT_CLOSED: pgettext_lazy("entry", "account closed"),
        Kind.ACCOUNT_OPENED: pgettext_lazy("entry", "account opened again"),
        Kind.NEW_START_ASKED: pgettext_lazy("entry", "new start asked"),
        Kind.NEW_START_GIVEN: pgettext_lazy("entry", "new start given"),
        Kind.NEW_START_USED: pgettext_lazy("entry", "new start used"),
        Kind.REGISTERED: pgettext_lazy("entry", "registered"),
        Kind.SERVICES_CHANGED: pgettext_lazy("entry", "services told of, or what they lean on"),
        Kind.CONFIGURED: pgettext_lazy("entry", "configured"),
        Kind.CERTIFICATE_BOUND: pgettext_lazy("entry", "certificate of a machine bound"),
        Kind.CERTIFICATE_DEMANDED: pgettext_lazy("entry", "certificate of a machine demanded or not"),
        Kind.CERTIFICATE_REVOKED: pgettext_lazy("entry", "certificate of a machine revoked"),
        Kind.SERVICES_TOLD: pgettext_lazy("entry", "services told of by the organisation itself"),
        Kind.KEY_BROUGHT: pgettext_lazy("entry", "key for mail brought"),
        Kind.KEY_VERIFIED: pgettext_lazy("entry", "key for mail verified"),
        Kind.KEY_REVOKED: pgettext_lazy("entry", "key for mail revoked"),
        Kind.BOUNCED: pgettext_lazy("entry", "mail came back"),
    },
}


def outward_label(word: StrEnum) -> str | None:
    """What a page calls it, or None where this table does not know it."""
    table = OUTWARD_LABELS.get(type(word))
    return str(table[word.value]) if table else None


def outward_choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """The words of an enum for a select, in their order, after the empty choice."""
    return [("", "—"), *((word.value, outward_label(word) or word.value) for word in words)]
