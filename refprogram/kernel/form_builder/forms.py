"""The form that starts a form."""

from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.form_builder.purposes import purpose_of, that_may
from refprogram.kernel.form_builder.selectors import visible_to
from refprogram.kernel.forms import Form
from refprogram.kernel.models import FormDesign


class NewDesignForm(Form):
    """Name, purpose, and a form to start from."""

    name = django_forms.CharField(label=_("Name"), max_length=120, help_text=_("As colleagues will find it again."))
    purpose = django_forms.ChoiceField(label=_("What is it for?"))
    copy = django_forms.ModelChoiceField(
        label=_("Start from"),
        queryset=FormDesign.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("An empty form"),
        help_text=_("Its newest fields are copied; the two forms do not hang together."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, purpose_of(name).label) for name in that_may(user, "build")]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]
        self.fields["copy"].queryset = visible_to(user).filter(archived_at__isnull=True)  # type: ignore[attr-defined]
