"""`/custom-fields/`: the fields a company adds to its nouns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from refprogram.kernel.custom_fields import selectors, services
from refprogram.kernel.custom_fields.definitions import nouns
from refprogram.kernel.custom_fields.services import EDIT
from refprogram.kernel.enums import CustomType
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import Form, FormPage
from refprogram.kernel.models import CustomField


@dataclass(frozen=True)
class Group:
    """One noun with its fields, as the page shows it."""

    name: str
    label: str | Promise
    fields: list[CustomField]
    archived: list[CustomField]


@login_required
@permission_required(EDIT, raise_exception=True)
@require_safe
def custom_fields(request: HttpRequest) -> HttpResponse:
    """Show every noun and the fields added to it, in order."""
    fields = list(selectors.all_fields())
    groups = [
        Group(
            noun.name,
            noun.label,
            [field for field in fields if field.noun == noun.name and field.archived_at is None],
            [field for field in fields if field.noun == noun.name and field.archived_at is not None],
        )
        for noun in nouns().values()
    ]
    return render(request, "kernel/custom_fields.html", {"groups": groups})


class FieldForm(Form):
    """What can be changed of a field at any time."""

    label = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    help = forms.CharField(label=gettext_lazy("Help below the field"), max_length=200, required=False)
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("One on each line."),
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=20, required=False)
    required = forms.BooleanField(
        label=gettext_lazy("Has to be filled in"),
        required=False,
        help_text=gettext_lazy("Asked for in forms. Rows that are there already stay as they are."),
    )
    filterable = forms.BooleanField(label=gettext_lazy("Lists can be filtered by it"), required=False, initial=True)
    searchable = forms.BooleanField(label=gettext_lazy("The search box of the list looks into it"), required=False)

    def __init__(self, *args: Any, kind: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kinds in FOR_KINDS.items():  # without a script: one page asks for all, a known type for its own
            if kind is not None and kind not in kinds:
                del self.fields[name]

    def clean_choices(self) -> list[str]:
        """Return one choice per line."""
        lines: list[str] = self.cleaned_data["choices"].splitlines()
        return lines


FOR_KINDS: Final = {
    "choices": {CustomType.CHOICE},
    "unit": {CustomType.NUMBER},
    "searchable": {CustomType.TEXT, CustomType.CHOICE},
}


class NewFieldForm(FieldForm):
    """What is decided once, and what can be changed later."""

    noun = forms.ChoiceField(
        label=gettext_lazy("Belongs to"), choices=lambda: [(noun.name, noun.label) for noun in nouns().values()]
    )
    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "Its column in files and its name in the API, such as contract_value; made from the name if you leave it "
            "empty. Never changes."
        ),
    )
    type = forms.ChoiceField(
        label=gettext_lazy("Type"), choices=CustomType.choices, help_text=gettext_lazy("Never changes.")
    )

    field_order = ("noun", "label", "key", "type", "choices", "unit", "help", "required", "filterable", "searchable")

    def clean_key(self) -> str:
        """Return the key that was typed, else one that reads like the name."""
        return self.cleaned_data["key"] or services.key_of(self.cleaned_data.get("label", ""))


class AddField(FormPage):
    """`/custom-fields/new/`"""

    form_class = NewFieldForm
    title = gettext_lazy("Add a field")
    verb = gettext_lazy("Add the field")
    cancel_url = reverse_lazy("kernel:custom-fields")
    permission = EDIT
    draft = "custom-field"

    def get_initial(self) -> Mapping[str, Any]:
        """Begin with the noun whose button was pressed."""
        return {"noun": self.request.GET.get("noun", "")}

    def save(self, form: Any) -> str:
        """Add it."""
        services.add_field(**form.cleaned_data)
        messages.success(self.request, _("The field is there."))
        return str(self.cancel_url)


class EditField(FormPage):
    """`/custom-fields/<id>/`"""

    form_class = FieldForm
    cancel_url = reverse_lazy("kernel:custom-fields")
    permission = EDIT
    kwargs: dict[str, Any]

    @cached_property
    def field(self) -> CustomField:
        """The field."""
        return get_object_or_404(selectors.all_fields(), public_id=self.kwargs["public_id"])

    def get_title(self) -> str:
        """Return its name."""
        return self.field.label

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask only for what its type has."""
        return {"kind": self.field.type}

    def get_initial(self) -> Mapping[str, Any]:
        """Return it as it is."""
        names = ("label", "help", "unit", "required", "filterable", "searchable")
        return {"choices": "\n".join(self.field.choices), **{name: getattr(self.field, name) for name in names}}

    def save(self, form: Any) -> str:
        """Change it."""
        services.change_field(field=self.field, **form.cleaned_data)
        messages.success(self.request, _("Saved."))
        return str(self.cancel_url)


VERBS: Final[dict[str, Callable[[CustomField], Any]]] = {
    "up": lambda field: services.move_field(field=field, by=-1),
    "down": lambda field: services.move_field(field=field, by=1),
    "archive": lambda field: services.archive_field(field=field),
    "restore": lambda field: services.restore_field(field=field),
}


@login_required
@permission_required(EDIT, raise_exception=True)
@require_POST
def act(request: HttpRequest, public_id: str, verb: str) -> HttpResponse:
    """Move a field, archive it, take it into use again."""
    if verb not in VERBS:
        raise Http404
    try:
        VERBS[verb](get_object_or_404(selectors.all_fields(), public_id=public_id))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("kernel:custom-fields")
