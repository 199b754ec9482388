"""What people fill in about hours of executives."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from refprogram.governance.charter.forms import WithColleagues, colleague_field
from refprogram.governance.facetime import policy
from refprogram.governance.facetime.enums import Circle, FollowUp, Manner, TalkTopic
from refprogram.governance.facetime.models import FaceTimeSlot
from refprogram.governance.facetime.selectors import when
from refprogram.governance.facetime.subjects import About
from refprogram.kernel.forms import Form, day_field
from refprogram.people.models import User

LONG = {"rows": 3}
capfirst_lazy = lazy(capfirst, str)
LENGTHS = (15, 20, 30, 45, 60, 90, 120)


def capital(kinds: type[TextChoices]) -> list[tuple[str, Any]]:
    """Return choices as they stand alone, each with a capital."""
    return [(kind.value, capfirst_lazy(kind.label)) for kind in kinds]


def _moment(label: Any, **options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M"], **options)


def _length() -> forms.IntegerField:
    return forms.IntegerField(label=_("Minutes"), min_value=policy.SHORTEST, max_value=policy.LONGEST, initial=45)


class OfExecutive(Form):
    """Base of forms about an executive: who stands in for several says whose it is."""

    executive = forms.ModelChoiceField(label=_("Whose time?"), queryset=User.objects.none(), to_field_name="public_id")

    def __init__(self, *args: Any, executives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["executive"]
        field.queryset = executives
        field.label_from_instance = lambda user: user.name
        if len(executives) == 1:
            field.initial, field.widget, field.empty_label = executives[0].public_id, forms.HiddenInput(), None


class OfferForm(OfExecutive):
    """An hour that is offered, or one a week."""

    topics = forms.MultipleChoiceField(
        label=_("What can be talked about?"), choices=capital(TalkTopic), widget=forms.CheckboxSelectMultiple
    )
    circles = forms.MultipleChoiceField(
        label=_("For whom?"), choices=capital(Circle), widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    first = day_field(_("Day"))
    at = forms.TimeField(
        label=_("At"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"), help_text=_("By the executive’s clock")
    )
    minutes = _length()
    weeks = forms.IntegerField(
        label=_("For how many weeks?"), min_value=1, max_value=policy.MOST_AT_ONCE, initial=1,
        help_text=_("The same weekday and hour. Holidays and days away are left out."),
    )  # fmt: skip
    manner = forms.ChoiceField(label=_("How do you meet?"), choices=capital(Manner), initial=Manner.CALL)
    place = forms.CharField(
        label=_("Where?"), required=False, max_length=300, help_text=_("A place, or the address of the call")
    )
    note = forms.CharField(
        label=_("What should they know?"), required=False, max_length=300,
        help_text=_("Such as “bring a question, not slides”"),
    )  # fmt: skip


class TermsForm(OfExecutive):
    """What an executive gives."""

    hours = forms.DecimalField(label=_("Hours a quarter"), min_value=0, max_value=200, max_digits=4, decimal_places=1)
    most_a_week = forms.IntegerField(label=_("Talks a week, at most"), min_value=1, max_value=20)
    notice_days = forms.IntegerField(label=_("Days of notice, at least"), min_value=0, max_value=60)


class WhomForm(WithColleagues):
    """A colleague, where it is for nobody outside."""

    colleague = colleague_field(_("Colleague"), help_text=_("A mentor, or somebody who won something"))


class BookForm(Form):
    """An hour that is asked for."""

    topic = forms.ChoiceField(label=_("What about?"), choices=capital(TalkTopic))
    slot = forms.ChoiceField(label=_("Which time?"), widget=forms.RadioSelect)
    people = forms.MultipleChoiceField(label=_("Who is invited?"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("Why is it worth their time?"), widget=forms.Textarea(LONG), max_length=2000,
        help_text=_("The executive reads this and decides by it."),
    )  # fmt: skip
    anyway = forms.BooleanField(label=_("I know, and ask nevertheless"), required=False)

    def __init__(self, *args: Any, about: About, slots: Sequence[FaceTimeSlot], warned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["slot"].choices = [(slot.public_id, f"{when(slot)}: {slot.topic_words}") for slot in slots]
        fields["people"].choices = [
            (one.person.public_id, f"{one.person.name}, {one.part}" if one.part else one.person.name)
            for one in about.people
        ]
        if len(about.people) == 1:
            fields["people"].initial = [about.people[0].person.public_id]
        if not warned:
            del fields["anyway"]


class MoveSlotForm(Form):
    """Another time or place for an hour."""

    starts_at = _moment(_("New time"), help_text=_("By your own clock"))
    minutes = _length()
    place = forms.CharField(label=_("Where?"), required=False, max_length=300)


class MoveTalkForm(Form):
    """Another hour of the same executive."""

    slot = forms.ChoiceField(label=_("Which time?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, slots: Sequence[FaceTimeSlot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["slot"]
        field.choices = [(slot.public_id, f"{when(slot)}: {slot.topic_words}") for slot in slots]


class OutcomeForm(Form):
    """What came of a talk."""

    outcome = forms.CharField(label=_("What came of it?"), required=False, widget=forms.Textarea(LONG), max_length=4000)
    next_steps = forms.CharField(label=_("Next steps"), required=False, widget=forms.Textarea(LONG), max_length=4000)


class DecideForm(WithColleagues):
    """What we do with what a guest said."""

    verdict = forms.ChoiceField(label=_("What do we do with it?"), choices=capital(FollowUp), widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("What is done, or why not?"), widget=forms.Textarea(LONG), max_length=2000,
        help_text=_("It becomes the first words of your answer to them."),
    )  # fmt: skip
    owner = colleague_field(_("Who does it?"), required=False, help_text=_("Where it is planned"))
    do_by = day_field(_("Until when?"), required=False)


class ReplyForm(Form):
    """What a guest reads."""

    reply = forms.CharField(
        label=_("Your answer"), widget=forms.Textarea({"rows": 6}), max_length=2000,
        help_text=_("Goes to them by mail, as you write it."),
    )  # fmt: skip
