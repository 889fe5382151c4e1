"""What is inside a mail: the version as its reader gets it, as MIME, before it is closed. Nothing of it leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final, Literal
from uuid import UUID

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

from ..values import Part

LARGEST: Final = 8 * 1024 * 1024
"""Bytes of files in one mail; what is more waits in the portal, and the letter says so."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\Z", re.ASCII)
_WORDS: Final = {
    "marked": Bilingual("Markering", "Marking"),
    "reference": Bilingual("Kenmerk", "Reference"),
    "portal": Bilingual(
        "Dit bericht staat ook in het portaal. Bevestig daar dat het is aangekomen.",
        "This is in the portal as well. Please acknowledge it there.",
    ),
    "receipt": Bilingual(
        "Dit bericht staat ook op onze website, onder “Uw melding volgen”{at}, met uw ontvangstcode. U kunt op "
        "deze mail antwoorden.",
        "This is on our website as well, under “Follow your report”{at}, with your receipt code. You can reply to this "
        "mail.",
    ),
    "left": Bilingual(
        "Deze bestanden zijn te groot voor mail en staan bij dit bericht:",
        "These files are too large for mail and are with this message:",
    ),
}


@dataclass(frozen=True)
class File:
    """A file that goes along."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Letter:
    """A sealed version, as one reader gets it."""

    disclosure: UUID
    title: str
    parts: Sequence[Part]
    files: Sequence[File]
    tlp: TLP
    pap: PAP
    language: Literal["nl", "en"]

    @property
    def reference(self) -> str:
        """What a subject may say of it: enough to find it in the portal, and nothing of what it is about."""
        return self.disclosure.hex[:8].upper()


def inside_of(letter: Letter, *, site: str | None = None) -> bytes:
    """The MIME entity to close: TLP above and below the text, and the files. CRLF throughout (RFC 3156, 5).

    `site`: the public site, where its reader follows a report there with a receipt.
    """
    fitting, left = _fitting(letter.files)
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message.set_content(_text(letter, left, site), subtype="plain", charset="utf-8", cte="base64")
    for file in fitting:
        maintype, _, subtype = _media_type(file.media_type).partition("/")
        message.add_attachment(file.data, maintype=maintype, subtype=subtype, filename=plain_name(file.name))
    del message["MIME-Version"]
    return message.as_bytes()


def plain_name(name: str) -> str:
    """A file name on one line, of a length that mail programs take."""
    return _CONTROL.sub(" ", name).replace("/", "_").replace("\\", "_").strip()[:120] or "file"


def _text(letter: Letter, left: Sequence[File], site: str | None) -> str:
    word = {name: _in(letter.language, words) for name, words in _WORDS.items()}
    marked = f"{word['marked']}: {letter.tlp.value}, {letter.pap.value}"
    head = f"{letter.tlp.value}\n\n{word['reference']}: {letter.reference}\n{marked}"
    parts = [f"{_in(letter.language, part.heading)}\n\n{part.text}" for part in letter.parts]
    more = [word["left"] + "".join(f"\n- {plain_name(file.name)}" for file in left)] if left else []
    where = word["portal"] if site is None else word["receipt"].format(at=f" ({site}/follow)" if site else "")
    return "\n\n".join([head, letter.title, *parts, *more, where, letter.tlp.value]) + "\n"


def _fitting(files: Sequence[File]) -> tuple[list[File], list[File]]:
    fitting: list[File] = []
    left: list[File] = []
    room = LARGEST
    for file in files:
        if len(file.data) <= room:
            room -= len(file.data)
            fitting.append(file)
        else:
            left.append(file)
    return fitting, left


def _media_type(said: str) -> str:
    # message/* and multipart/* may not be put into base64 (RFC 2046, 5.2), and a reader's program would open them.
    plain = said.lower().partition(";")[0].strip()
    safe = _MEDIA_TYPE.match(plain) and not plain.startswith(("message/", "multipart/"))
    return plain if safe else "application/octet-stream"


def _in(language: Literal["nl", "en"], words: Bilingual) -> str:
    return words.en if language == "en" else words.nl
