"""Fields of the few forms that crispy-forms does not draw."""

from collections.abc import Iterable
from typing import Final

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django.forms import BoundField, CheckboxInput, FileInput, Select, Textarea, Widget
from django.forms.widgets import Input
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from refprogram.kernel.markup import filled, filled_each

_CSS: Final[tuple[tuple[type[Widget], str], ...]] = ((CheckboxInput, "form-check-input"), (Select, "form-select"))


def form_field(bound: BoundField) -> SafeString:
    """What `|as_crispy_field` draws (templates/bootstrap5/field.html), at half its cost for plain fields."""
    widget = bound.field.widget
    simple = isinstance(widget, Input | Textarea | Select) and not isinstance(widget, CheckboxInput | FileInput)
    if bound.is_hidden or not simple:
        return SafeString(as_crispy_field(bound))
    kind = "form-select" if isinstance(widget, Select) else "form-control"
    css = (widget.attrs.get("class", ""), type(widget).__name__.lower(), kind, "is-invalid" if bound.errors else "")
    return filled(
        '<div id="div_{}" class="mb-3">{}{}\n{}{}</div>',
        bound.auto_id,
        _label_above(bound),
        bound.as_widget(attrs={"class": " ".join(filter(None, css))}),
        _errors_below(bound),
        filled('<div id="{}_helptext" class="form-hint">{}</div>', bound.auto_id, bound.help_text)
        if bound.help_text
        else "",
    )


def _label_above(bound: BoundField) -> SafeString:
    if not bound.label:
        return SafeString("")
    needed = bound.field.required or getattr(bound.field, "wanted", False)
    may = "" if needed else filled(' <span class="rp-muted">{}</span>', gettext("(optional)"))
    place = filled(' for="{}"', bound.id_for_label) if bound.id_for_label else ""
    return filled('<label class="form-label"{}>{}{}</label>', place, bound.label, may)


def _errors_below(bound: BoundField) -> SafeString:
    if not bound.errors:
        return SafeString("")
    lines = filled_each("<p>{}</p>", ((error,) for error in bound.errors))
    return filled('<div id="{}_error" class="invalid-feedback d-block">{}</div>', bound.auto_id, lines)


def rating(
    name: str, legend: str, levels: Iterable[tuple[object, str]], *, value: object = None, weight: str = "",
    hint: str = "", required: bool = False,
) -> SafeString:  # fmt: skip
    """What components/rating.html says: five levels to choose from, and the sentence of the one that is chosen."""
    known = [(escape(str(level)), conditional_escape(sentence)) for level, sentence in levels]
    chosen = escape(str(value)) if value else None
    options = filled_each(
        '<label><input type="radio" name="{}" value="{}" data-say="{}" aria-label="{}: {}"{}{}><span>{}</span></label>',
        (
            (
                name, level, words, level, words,
                " checked" if level == chosen else "", " required" if required else "", level,
            )
            for level, words in known
        ),
    )  # fmt: skip
    said = filled_each("<b>{}:</b> {}", (pair for pair in known if pair[0] == chosen))
    return filled(
        '<fieldset class="rp-rate"><legend>{}{}</legend><div class="opts">{}</div><p class="lvl">{}</p></fieldset>',
        legend,
        filled("<span>{}</span>", weight) if weight else "",
        options,
        said if chosen else hint or gettext("Choose a level; each has a sentence"),
    )


def field(bound: BoundField, label: str = "", placeholder: str = "", aside: str = "") -> SafeString:
    """A field as our forms show it: label, control, help under it, error beside it.

    For the few forms that are not drawn by crispy-forms (sign-in, small dialogs). ``aside`` stands right of the label.
    """
    if bound.is_hidden:
        return filled("{}", bound)
    control = _control(bound, placeholder)
    words = label or bound.label
    below = _below(bound)
    if isinstance(bound.field.widget, CheckboxInput):
        return filled(
            '<div><div class="form-check">{}<label class="form-check-label" for="{}">{}</label></div>{}</div>',
            control, bound.id_for_label, words, below,
        )  # fmt: skip
    head = filled('<label class="form-label" for="{}">{}</label>', bound.id_for_label, words)
    if aside:
        head = filled('<div class="rp-row rp-between">{}{}</div>', head, aside)
    return filled("<div>{}{}{}</div>", head, control, below)


def _below(bound: BoundField) -> SafeString:
    wrong = [(_error_id(bound), error) for error in bound.errors]
    errors = filled_each('<div class="invalid-feedback d-block" id="{}">{}</div>', wrong)
    if not bound.help_text:
        return errors
    return filled('{}<div class="form-text" id="{}">{}</div>', errors, _help_id(bound), bound.help_text)


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
