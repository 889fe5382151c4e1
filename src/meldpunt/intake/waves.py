"""By what two reports look like one wave: a print of what is told, and of who mails it. It is made at the door.

A print is keyed, so that nobody who reads one can try words on it: it says that two reports look alike, and no more.
Doors that share `MELDPUNT_SECRET_KEY` make the same ones.
"""

from __future__ import annotations

import re
from typing import Final

from django.utils.crypto import salted_hmac

from meldpunt.engines.matching.observables import lift_observables
from meldpunt.engines.matching.values import ObservableKind

from .values import Channel, ReportForm

LENGTH: Final = 32
_LOOKED_AT: Final = 2_000
_TARGETS: Final = (ObservableKind.DOMAIN, ObservableKind.URL, ObservableKind.ADDRESS)
_HOST: Final = re.compile(r"^[a-z]+://(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)", re.IGNORECASE)
_ANSWERED: Final = re.compile(r"^\s*(?:(?:re|fwd?|antw|doorst|aw|wg)\s*:\s*|\[[^\]]{1,40}\]\s*)+", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_MOST_WORDS: Final = 8
_FEWEST_WORDS: Final = 2


def wave_of(form: ReportForm) -> str:
    """The print of what is told: the kind, with the first host that it names or else the words of its title.

    Numbers, order and case of the words make no difference. Empty where too little is said to compare.
    """
    about = _target(form) or _subject(form.title)
    return _print(f"{form.kind}\n{about}") if about else ""


def mailer_of(form: ReportForm, channel: Channel) -> str:
    """The print of who mailed it; empty for what came otherwise."""
    who = form.reporter.email.strip().lower()
    return _print(f"mailer\n{who}") if who and channel is Channel.MAIL else ""


def _target(form: ReportForm) -> str:
    text = f"{form.title}\n{form.text[:_LOOKED_AT]}"
    for one in lift_observables(text):
        if one.kind in _TARGETS:
            host = _HOST.match(one.value)
            return f"host {(host[1] if host else one.value).lower().removeprefix('www.')}"
    return ""


def _subject(title: str) -> str:
    words = sorted(set(_WORD.findall(_ANSWERED.sub("", title).lower())))[:_MOST_WORDS]
    return f"words {' '.join(words)}" if len(words) >= _FEWEST_WORDS else ""


def _print(text: str) -> str:
    return salted_hmac("meldpunt.intake.waves", text, algorithm="sha256").hexdigest()[:LENGTH]
