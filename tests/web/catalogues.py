"""What the pages and forms say, read from the source, and what of it has a Dutch translation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

from babel.messages.pofile import read_po
from django.template import engines
from django.template.base import Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

import meldpunt

Words: TypeAlias = tuple[str, str]
"""The context (usually none) and the English."""

DOORS: Final = Path(meldpunt.__file__).parent / "entrypoints"
_IN_A_FILTER: Final = re.compile(r"""_\((["'])(.+?)\1\)""")
# Where the context and where the words stand in a call.
_CALLS: Final = {
    "_": (None, 0),
    "gettext": (None, 0),
    "gettext_lazy": (None, 0),
    "ngettext": (None, 0),
    "ngettext_lazy": (None, 0),
    "pgettext": (0, 1),
    "pgettext_lazy": (0, 1),
}


def said() -> dict[Words, Path]:
    """All that is said, with the file that says it."""
    found: dict[Words, Path] = {}
    # The names of the languages in the settings are Django's own, which translated them.
    for path in sorted(set(DOORS.rglob("*.py")) - set(DOORS.glob("settings/*.py"))):
        found |= dict.fromkeys(_in_code(path), path)
    for path in sorted(DOORS.rglob("templates/**/*.*")):
        found |= dict.fromkeys(_in_template(path), path)
    return found


def translated() -> set[Words]:
    """All that the catalogues hold a translation of that is sure."""
    found: set[Words] = set()
    for path in DOORS.rglob("locale/nl/**/*.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="nl"):
                words = message.id if isinstance(message.id, str) else message.id[0]
                whole = [message.string] if isinstance(message.string, str) else list(message.string)
                if words and all(whole) and not message.fuzzy:
                    found.add((message.context or "", words))
    return found


def _in_code(path: Path) -> Iterator[Words]:
    for one in ast.walk(ast.parse(path.read_text())):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id in _CALLS:
            context, words = _CALLS[one.func.id]
            said = one.args[words]
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                yield ("" if context is None else _text(one.args[context])), said.value


def _in_template(path: Path) -> Iterator[Words]:
    source = path.read_text()
    compiled = engines["django"].from_string(source).template  # type: ignore[attr-defined]
    assert isinstance(compiled, Template)
    for one in compiled.nodelist.get_nodes_by_type(TranslateNode):
        yield _context(one), str(one.filter_expression.var.literal)
    for one in compiled.nodelist.get_nodes_by_type(BlockTranslateNode):
        words, _ = one.render_token_list(one.singular)
        yield _context(one), words
    yield from (("", words) for _, words in _IN_A_FILTER.findall(source))


def _context(node: TranslateNode | BlockTranslateNode) -> str:
    return node.message_context.resolve({}) if node.message_context else ""


def _text(node: ast.expr) -> str:
    assert isinstance(node, ast.Constant)
    return str(node.value)
