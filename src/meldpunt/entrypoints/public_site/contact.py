"""How to reach the CSIRT, day and night; each installation says its own (`CSIRT_CONTACT` in its settings)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Contact:
    """A telephone number as people write it, and the address that security.txt names."""

    name: str = "Meldpunt"
    phone: str = "+31 88 000 0000"
    mail: str = "meld@meldpunt.example"

    @property
    def phone_link(self) -> str:
        """The number for a `tel:` link (RFC 3966: digits only)."""
        return "+" + "".join(sign for sign in self.phone if sign.isdigit())


def contact() -> Contact:
    """The contact of this installation; the invented one of the demo where the settings name none."""
    return Contact(**getattr(settings, "CSIRT_CONTACT", {}))
