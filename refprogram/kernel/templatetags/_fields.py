"""Fields of the few forms that crispy-forms does not draw."""

from typing import Final

from django.forms import BoundField, CheckboxInput, Select, Widget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_CSS: Final[tuple[tuple[type[Widget], str], ...]] = ((CheckboxInput, "form-check-input"), (Select, "form-select"))


def field(bound: BoundField, label: str = "", placeholder: str = "", aside: str = "") -> SafeString:
    """A field as our forms show it: label, control, help under it, error beside it.

    For the few forms that are not drawn by crispy-forms (sign-in, small dialogs). ``aside`` stands right of the label.
    """
    if bound.is_hidden:
        return format_html("{}", bound)
    control = _control(bound, placeholder)
    words = label or bound.label
    below = _below(bound)
    if isinstance(bound.field.widget, CheckboxInput):
        return format_html(
            '<div><div class="form-check">{}<label class="form-check-label" for="{}">{}</label></div>{}</div>',
            control, bound.id_for_label, words, below,
        )  # fmt: skip
    head = format_html('<label class="form-label" for="{}">{}</label>', bound.id_for_label, words)
    if aside:
        head = format_html('<div class="rp-row rp-between">{}{}</div>', head, aside)
    return format_html("<div>{}{}{}</div>", head, control, below)


def _below(bound: BoundField) -> SafeString:
    wrong = [(_error_id(bound), error) for error in bound.errors]
    errors = format_html_join("", '<div class="invalid-feedback d-block" id="{}">{}</div>', wrong)
    if not bound.help_text:
        return errors
    return format_html('{}<div class="form-text" id="{}">{}</div>', errors, _help_id(bound), bound.help_text)


def _error_id(bound: BoundField) -> str:
    return f"{bound.id_for_label or bound.html_name}-error"


def _help_id(bound: BoundField) -> str:
    return f"{bound.id_for_label or bound.html_name}-help"


def _control(bound: BoundField, placeholder: str) -> SafeString:
    css = next((css for kind, css in _CSS if isinstance(bound.field.widget, kind)), "form-control")
    given: dict[str, str | bool] = {"class": f"{css} is-invalid" if bound.errors else css}
    told = [_error_id(bound)] if bound.errors else []
    if bound.help_text:
        told.append(_help_id(bound))
    if told:
        given["aria-describedby"] = " ".join(told)
    if placeholder:
        given["placeholder"] = placeholder
    return bound.as_widget(attrs=given)
