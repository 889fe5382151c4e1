"""Fields of forms, drawn without a template for each: a page of triage has fifty of them with hundreds of options.

The markup is the library's to the letter but for empty lines; what is not drawn here the library draws.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Widget: TypeAlias = Mapping[str, Any]
"""What the library hands to the template of a widget."""


class DrawnFields(TemplatesSetting):
    """Draws fields by `_DRAWN`, and whole forms, lists of errors and rarer fields by templates."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        """The markup of a form, a field or a list of errors."""
        draw = _DRAWN.get(template_name)
        if draw is None:
            return super().render(template_name, context, request)  # type: ignore[return-value]
        # Each value in it was escaped on its way in, as a template does.
        return mark_safe(draw(context["widget"]).strip())  # noqa: S308


def _attributes(given: Widget) -> str:
    """Those of a tag; one that is True has no value, and one that is False is left out."""
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(value)}"'
        for name, value in given["attrs"].items()
        if value is not False
    )


def _input(given: Widget) -> str:
    value = given.get("value")
    said = "" if value is None else f' value="{conditional_escape(value)}"'
    kind, name = conditional_escape(given["type"]), conditional_escape(given["name"])
    return f'<input type="{kind}" name="{name}"{said}{_attributes(given)}>'


def _textarea(given: Widget) -> str:
    value = given["value"]
    said = conditional_escape(localize(value)) if value else ""
    return f'<textarea name="{conditional_escape(given["name"])}"{_attributes(given)}>\n{said}</textarea>'


def _select(given: Widget) -> str:
    parts = [f'<select name="{conditional_escape(given["name"])}"{_attributes(given)}>']
    for group, options, _ in given["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{conditional_escape(localize(group))}">')
        parts += [f"\n  {_option(option)}" for option in options]
        if group:
            parts.append("\n  </optgroup>")
    return "".join((*parts, "\n</select>"))


def _option(given: Widget) -> str:
    value, label = conditional_escape(given["value"]), conditional_escape(localize(given["label"]))
    return f'<option value="{value}"{_attributes(given)}>{label}</option>'


_WIDGETS: Final = "django/forms/widgets/"
_INPUTS: Final = (
    "text",
    "number",
    "email",
    "url",
    "password",
    "hidden",
    "date",
    "datetime",
    "time",
    "checkbox",
    "input",
)
_DRAWN: Final[Mapping[str, Callable[[Widget], str]]] = {
    **{f"{_WIDGETS}{name}.html": _input for name in _INPUTS},
    f"{_WIDGETS}textarea.html": _textarea,
    f"{_WIDGETS}select.html": _select,
}
