"""From an answer to the words that somebody can read in it: pages, files, pictures and headers."""

from __future__ import annotations

import html
import json
import re
from io import BytesIO
from urllib.parse import unquote

import pypdf
from django.http import HttpResponseBase

_SPACE = re.compile(r"\s+")
_REFERENCES = re.compile(r"""(?:href|src|action|hx-get)=["']([^"'#]+)""")
_FORMS = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)
_ACTION = re.compile(r"""^<form\b[^>]*\baction=["']([^"']+)""", re.IGNORECASE)
_FIELDS = re.compile(r"""\bname=["']([^"']+)""")
# Names of the public register of parties and of the cast stand in cookies as often as anywhere: all headers count.
_SILENT = {"set-cookie", "content-length"}


def body_of(answer: HttpResponseBase) -> bytes:
    """The bytes, also of an answer that streams."""
    if getattr(answer, "streaming", False):
        return b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return bytes(answer.content)  # type: ignore[attr-defined]


def words_in(answer: HttpResponseBase) -> str:
    """Everything readable, folded: one line, lower case, entities and defanging undone."""
    kind = answer.headers.get("Content-Type", "")
    headers = " ".join(value for name, value in answer.headers.items() if name.lower() not in _SILENT)
    return fold(f"{_text_of(body_of(answer), kind)} {unquote(headers)}")


def fold(text: str) -> str:
    """The form in which words are compared."""
    plain = html.unescape(text).replace("[.]", ".").replace("\u00ad", "").replace("\u200b", "")
    return _SPACE.sub(" ", plain).casefold()


def references_in(page: str) -> list[str]:
    """Every address the page points at."""
    return [html.unescape(one) for one in _REFERENCES.findall(page)]


def deeds_in(page: str) -> list[str]:
    """Where the forms of the page are sent to."""
    return [html.unescape(found[1]) for form in _FORMS.findall(page) if (found := _ACTION.match(form))]


def search_fields_in(page: str) -> set[str]:
    """Names of the fields of every form that is sent by GET."""
    found: set[str] = set()
    for form in _FORMS.findall(page):
        if re.match(r"""<form\b[^>]*method=["']?post""", form, re.IGNORECASE) is None:
            found.update(_FIELDS.findall(form))
    return found


def _text_of(body: bytes, kind: str) -> str:
    if body.startswith(b"%PDF"):
        pages = pypdf.PdfReader(BytesIO(body)).pages
        return " ".join(page.extract_text() for page in pages) + body.decode("latin-1")
    text = body.decode("utf-8", "replace")
    if "json" in kind and "\\u" in text:
        lines = text.splitlines() if "ndjson" in kind else [text]
        return " ".join(json.dumps(json.loads(line), ensure_ascii=False) for line in lines if line.strip())
    return text
