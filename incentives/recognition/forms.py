"""The forms of recognition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from incentives.badges.forms import Colleague
from incentives.recognition.services.letters import LONGEST, WRITERS
from refprogram.kernel.forms import Form
from refprogram.people import selectors as people
from refprogram.people.models import User


class ThanksForm(Form):
    """Whom, and what for."""

    to = Colleague(label=_("Whom"))
    words = forms.CharField(
        label=_("What for"), max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text=_("In a sentence or two. They read it, and so do your colleagues in the feed."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].open_to_all()  # type: ignore[attr-defined]


class NewLetterForm(Form):
    """To whom a letter is drafted, and in whose name."""

    about = Colleague(label=_("To whom"))
    writer = forms.ModelChoiceField(
        label=_("In whose name"), queryset=User.objects.none(), to_field_name="public_id",
        help_text=_("They read it, make it their own, and send it. Nobody else can."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["about"].open_to_all()  # type: ignore[attr-defined]
        if user.has_perm("incentives.run_recognition"):
            self.fields["writer"].queryset = people.colleagues().filter(role__in=WRITERS)  # type: ignore[attr-defined]
        else:
            del self.fields["writer"]


class LetterForm(Form):
    """The words of a letter."""

    subject = forms.CharField(label=_("Subject"), max_length=120)
    body = forms.CharField(label=_("Letter"), max_length=LONGEST, widget=forms.Textarea({"rows": 14}))
    public = forms.BooleanField(
        label=_("Publish it to the feed"), required=False,
        help_text=_("Every colleague can read it then, unless its reader would rather not stand there."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ChoiceForm(Form):
    """Where one stands."""

    in_ranks = forms.BooleanField(
        label=_("Show me in rankings and on the wall of fame"), required=False,
        help_text=_("Otherwise you are “a colleague” in standings, SPIFFs and draws. Who leads your team, or runs the "
                    "program, still reads your name there."),
    )  # fmt: skip
    in_feed = forms.BooleanField(label=_("Show me in the feed and in newsletters"), required=False)
