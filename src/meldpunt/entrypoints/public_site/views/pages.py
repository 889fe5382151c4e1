"""Pages that stand still: who we are, privacy, accessibility, and how to report a weakness in this site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from meldpunt.entrypoints.public_site.contact import contact
from meldpunt.entrypoints.web.gate import open_to_strangers
from meldpunt.evidence.retention import After, rules_in_force
from meldpunt.law import IN_FORCE, GroundKind

_CAME_FOR: Final = {
    "report": _("Files sent along with a report"),
    "feed": _("Files and messages of systems that report by themselves"),
    "inquiry": _("Files sent along with an answer that we asked a public body for"),
}
_FROM_WHEN: Final = {
    After.SEALED: pgettext_lazy("term", "after it came in"),
    After.ENDED: pgettext_lazy("term", "after the work on it ended"),
}


@open_to_strangers(reason="anybody may know who we are")
@require_safe
def show_about(request: HttpRequest) -> HttpResponse:
    """What Meldpunt is."""
    return render(request, "public_site/about.html", {"contact": contact()})


@open_to_strangers(reason="anybody may know what we do with data")
@require_safe
def show_privacy(request: HttpRequest) -> HttpResponse:
    """What we keep, why, on what ground and for whom (GDPR articles 13 and 14)."""
    today = timezone.localdate()
    grounds = [one for one in IN_FORCE.grounds if one.kind is GroundKind.PROCESS and one.is_valid_on(today)]
    context = {
        "contact": contact(),
        "hours": settings.RECEIPT_SECONDS // 3600,
        "authority": settings.AUTHORITY or settings.CSIRT_CONTACT["name"],
        "bases": sorted(grounds, key=lambda one: len(one.conditions)),
        "is_any_unverified": not all(one.verified for one in grounds),
        "kept": [
            (_CAME_FOR.get(rule.purpose, rule.purpose), rule.term.wording, _FROM_WHEN[rule.after])
            for rule in rules_in_force().values()
        ],
    }
    return render(request, "public_site/privacy.html", context)


@open_to_strangers(reason="anybody may know how accessible this site is")
@require_safe
def show_accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "public_site/accessibility.html", {"contact": contact()})


@open_to_strangers(reason="RFC 9116: whoever finds a weakness must find us")
@require_safe
def show_security_txt(request: HttpRequest) -> HttpResponse:
    """`/.well-known/security.txt` (RFC 9116).

    It expires at a whole day, so that it is the same text all day, and within a year, as 2.5.5 recommends.
    """
    at_midnight = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {request.build_absolute_uri(reverse('report_incident'))}",
        f"Contact: mailto:{contact().mail}",
        f"Contact: tel:{contact().phone_link}",
        f"Expires: {_rfc3339(at_midnight + timedelta(days=settings.SECURITY_TXT_DAYS))}",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri(reverse('show_security_txt'))}",
        f"Policy: {request.build_absolute_uri(reverse('show_about'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _rfc3339(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
