"""What people fill in to say something, and to answer it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from refprogram.governance.feedback.enums import NoteKind
from refprogram.governance.feedback.policy import LONGEST
from refprogram.governance.readiness.models import Change
from refprogram.governance.readiness.selectors import open_changes
from refprogram.kernel.forms import Form
from refprogram.people.models import User


class NoteForm(Form):
    """Twenty seconds: what it is, and a word or two."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=NoteKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"), widget=forms.Textarea({"rows": 4}), max_length=LONGEST,
        help_text=_("What happened, and what you would rather have. You get an answer."),
    )  # fmt: skip
    change = forms.ModelChoiceField(
        label=_("Is it about something that changes?"), queryset=Change.objects.none(), required=False,
        to_field_name="public_id", empty_label=_("About the program as it is"),
    )  # fmt: skip

    def __init__(self, *args: Any, sender: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        change: Any = self.fields["change"]
        change.queryset = open_changes(sender)


class ReplyForm(Form):
    """The answer."""

    words = forms.CharField(
        label=_("Your answer"), widget=forms.Textarea({"rows": 5}), max_length=LONGEST,
        help_text=_("What you do about it, and by when; or why not. They get it by mail."),
    )  # fmt: skip
