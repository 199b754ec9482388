"""Added fields in a noun's form: drawn behind its own, handed to its service as `custom`."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.custom_fields.definitions import Definition, Value, definitions
from refprogram.kernel.custom_fields.values import DIGITS, TEXT_LENGTH
from refprogram.kernel.enums import CustomType


class WithCustomFields(forms.BaseForm):
    """Mixed into a form before its base: `custom_noun` says whose fields; `custom_values` what they hold so far.

    `cleaned_data["custom"]` has every value by key, None for empty ones, as the services take it.
    """

    custom_noun: ClassVar[str] = ""

    def __init__(self, *args: Any, custom_values: Mapping[str, Value] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.custom = definitions(self.custom_noun)
        for field in self.custom:
            self.fields[field.name] = form_field(field)
            if custom_values and field.key in custom_values:
                self.initial[field.name] = initial(custom_values[field.key])

    @cached_property
    def helper(self) -> FormHelper:
        """Draw the added fields behind a layout of the form's own, too."""
        helper: FormHelper = super().helper  # type: ignore[misc]
        if helper.layout is not None:
            helper.layout = Layout(*helper.layout.fields, *(field.name for field in self.custom))
        return helper

    @property
    def custom_boxes(self) -> list[forms.BoundField]:
        """The added fields, for templates that draw each field by itself."""
        return [self[field.name] for field in self.custom]

    def clean(self) -> dict[str, Any]:
        """Gather the added fields under `custom`."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["custom"] = {field.key: data.pop(field.name, None) for field in self.custom}
        return data


def initial(value: Value) -> Any:
    """Return a value as its input shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else value


def form_field(field: Definition) -> forms.Field:
    """Return the input of one added field."""
    shared: dict[str, Any] = {"label": field.heading, "help_text": field.help, "required": field.required}
    if field.type == CustomType.NUMBER:
        return forms.DecimalField(max_digits=DIGITS + 6, decimal_places=6, **shared)
    if field.type == CustomType.DATE:
        return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **shared)
    if field.type == CustomType.CHOICE:
        return forms.ChoiceField(choices=[("", "—"), *((one, one) for one in field.choices)], **shared)
    if field.type == CustomType.YES_NO:
        return forms.ChoiceField(choices=[("", "—"), ("yes", _("Yes")), ("no", _("No"))], **shared)
    return forms.CharField(max_length=TEXT_LENGTH, **shared)
