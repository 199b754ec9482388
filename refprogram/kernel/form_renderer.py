"""How widgets are drawn: what Django's own templates of the plain ones say, written in Python.

A form has dozens of fields, and to draw an `<input>` Django loads, fills and joins three templates. What has a template
of its own (ours, or a rare one of Django's) is drawn by it as ever; a test compares the two, widget by widget.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.template.base import render_value_in_context
from django.template.context import Context
from django.utils.safestring import SafeData

Widget = Mapping[str, Any]

WIDGETS: Final = "django/forms/widgets/"
INPUTS: Final = (
    *("text", "search", "tel", "email", "url", "password", "number", "color"),
    *("hidden", "date", "datetime", "time", "checkbox", "file", "input"),
)


class Renderer(DjangoTemplates):
    """The `FORM_RENDERER` of the settings."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Return a widget's HTML."""
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else str(super().render(template_name, context, request))


def _text(value: Any) -> str:
    """What `{{ value|stringformat:'s' }}` writes."""
    return str(value) if isinstance(value, SafeData) else escape(str(value))


def _shown(value: Any) -> str:
    """What `{{ value }}` writes: figures and days in the reader's way."""
    return escape(value) if type(value) is str else str(render_value_in_context(value, Context()))


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{_shown(widget["type"])}" name="{_shown(widget["name"])}"{value}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    value = _shown(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_shown(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _select(widget: Widget) -> str:
    groups = []
    for name, options, _number in widget["optgroups"]:
        lines = "".join(f"\n  {_option(option)}\n" for option in options)
        groups.append(f'\n  <optgroup label="{_shown(name)}">{lines}\n  </optgroup>' if name else lines)
    return f'<select name="{_shown(widget["name"])}"{_attributes(widget)}>{"".join(groups)}\n</select>'


def _option(option: Widget) -> str:
    return f'<option value="{_text(option["value"])}"{_attributes(option)}>{_shown(option["label"])}</option>'


DRAWN: Final[dict[str, Callable[[Widget], str]]] = {
    **{f"{WIDGETS}{name}.html": _input for name in INPUTS},
    f"{WIDGETS}textarea.html": _textarea,
    f"{WIDGETS}select.html": _select,
}
