"""Words of the trade in the visitor's language, and what must never become a link."""

from __future__ import annotations

from typing import Literal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from meldpunt.engines.matching.defanging import defang
from meldpunt.vocabulary.bilingual import Bilingual

register = template.Library()


def active_language() -> Literal["nl", "en"]:
    """The language of this request: English where the visitor chose it, else Dutch."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@register.filter
def in_language(wording: Bilingual | str | None) -> str:
    """The wording in the visitor's language; nothing for nothing, and plain text as it is."""
    if wording is None:
        return ""
    return wording if isinstance(wording, str) else wording.in_language(active_language())


@register.filter
def defanged(text: str) -> str:
    """An indicator as it may be shown: nobody can click it, and no mail reader will make a link of it."""
    return defang(text)


@register.filter
def as_hex(digest: bytes | None) -> str:
    """A digest in hexadecimal."""
    return digest.hex() if digest else ""


@register.filter
def tlp_mark(tlp: str) -> SafeString:
    """The TLP 2.0 label as FIRST writes it (white on black, in its own colour)."""
    name = str(tlp).removeprefix("TLP:").upper()
    return format_html('<span class="house-tlp house-tlp--{}">TLP:{}</span>', name.replace("+", "-"), name)
