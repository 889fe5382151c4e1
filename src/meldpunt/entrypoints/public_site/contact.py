"""How to reach the CSIRT, day and night; each installation says its own (`CSIRT_CONTACT` in its settings)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Contact:
    """A telephone number as people write it, and the address that security.txt names."""

    name: str
    phone: str
    mail: str
    address: str = ""
    data_protection: str = ""

    @property
    def phone_link(self) -> str:
        """The number for a `tel:` link (RFC 3966: digits only)."""
        return "+" + "".join(sign for sign in self.phone if sign.isdigit())


def contact() -> Contact:
    """The contact of this installation; the invented one of the demo where its environment names none."""
    return Contact(**settings.CSIRT_CONTACT)
