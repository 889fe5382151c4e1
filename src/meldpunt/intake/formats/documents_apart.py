"""The process that reads documents: bytes come in, texts go out, and it may do nothing else.

Of a PDF the words of each page and where its links go, of a document of Office or OpenDocument the words of its parts
and the links beside them: what somebody is to press often stands nowhere else. Parts are read without a parser of XML,
so that an entity means nothing.
"""

from __future__ import annotations

import html
import re
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Final
from zipfile import BadZipFile, ZipFile

from meldpunt.engines.redaction import pdfium
from meldpunt.engines.redaction.errors import PdfUnreadable

from .apart import END, LENGTH

_MEMORY: Final = 1024**3
_SECONDS: Final = 60
_MOST_PAGES: Final = 200
_MOST_OF_A_PART: Final = 5_000_000
_MOST_OF_ALL: Final = 20_000_000
_PARTS: Final = re.compile(r"(?:word|xl|ppt)/[\w/.-]+\.(?:xml|xml\.rels)|content\.xml|styles\.xml|meta\.xml")
_ENDS_A_LINE: Final = re.compile(
    r"</(?:w:p|a:p|si|c|v|text:p|text:h|table:table-cell|dc:\w+)>|<(?:w:br|w:tab|text:tab)[ /]"
)
_LINK: Final = re.compile(r"""(?:Target|xlink:href)=["']([^"'<>]{4,2000})["']""")
_TAG: Final = re.compile(r"<[^<>]*>")


def pieces_of(data: bytes) -> Iterator[str]:
    """The texts of a document; none where it is no document that can be read."""
    if data.startswith(b"%PDF-"):
        yield from _pages(data)
    else:
        yield from _parts(data)


def _pages(data: bytes) -> Iterator[str]:
    try:
        with pdfium.opened(data) as document:
            for index in range(min(document.page_count, _MOST_PAGES)):
                yield "\n".join((document.read_page(index), *document.read_links(index)))
    except PdfUnreadable:
        return


def _parts(data: bytes) -> Iterator[str]:
    left = _MOST_OF_ALL
    try:
        with ZipFile(BytesIO(data)) as archive:
            for name in sorted(filter(_PARTS.fullmatch, archive.namelist())):
                with archive.open(name) as part:
                    read = part.read(min(_MOST_OF_A_PART, left)).decode("utf-8", "replace")
                left -= len(read)
                yield html.unescape("\n".join((*_LINK.findall(read), _TAG.sub("", _ENDS_A_LINE.sub("\n", read)))))
                if left <= 0:
                    return
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return


def _serve(source: IO[bytes], sink: IO[bytes]) -> None:
    while len(size := source.read(LENGTH)) == LENGTH:
        for piece in pieces_of(source.read(int.from_bytes(size, "big"))):
            said = piece.encode("utf-8", "replace")
            sink.write(len(said).to_bytes(LENGTH, "big") + said)
            sink.flush()
        sink.write(END)
        sink.flush()


def _bind() -> None:
    """No more memory than that, no files, no core that would keep what was read."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _bind()
    _serve(sys.stdin.buffer, sys.stdout.buffer)
