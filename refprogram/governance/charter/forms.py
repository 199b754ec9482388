"""What people fill in about the charter."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from refprogram.governance.charter import policy
from refprogram.governance.charter.enums import Horizon, MarkKind
from refprogram.governance.charter.quiz import Asked
from refprogram.kernel.forms import Form, day_field
from refprogram.people.models import User
from refprogram.people.selectors import colleagues

LONG = {"rows": 4}


class MonthField(forms.DateField):
    """A month, kept as its first day."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "month"}, format="%Y-%m")
        super().__init__(widget=widget, input_formats=["%Y-%m", "%Y-%m-%d"], **options)

    def to_python(self, value: Any) -> dt.date | None:
        """Return the first day of what was typed."""
        day = super().to_python(value)
        return day.replace(day=1) if day else None


def colleague_field(label: Any, **options: Any) -> forms.ModelChoiceField:
    """Return a field for one colleague; `with_colleagues` fills it."""
    return forms.ModelChoiceField(label=label, queryset=User.objects.none(), to_field_name="public_id", **options)


class WithColleagues(Form):
    """Base of forms that name colleagues: who can be chosen is asked for when the form is opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = colleagues()
                field.widget.attrs["data-pickmany"] = ""


class WordsForm(Form):
    """The words of a version."""

    mission = forms.CharField(
        label=_("Mission"), widget=forms.Textarea(LONG), help_text=_("What the program is for, in two sentences.")
    )
    short_strategy = forms.CharField(
        label=_("Short strategy"), required=False, widget=forms.Textarea(LONG), help_text=_("This half year")
    )
    long_strategy = forms.CharField(
        label=_("Long strategy"), required=False, widget=forms.Textarea(LONG), help_text=_("The next two years")
    )
    starts_on = MonthField(label=_("The plan begins in"), help_text=_("It has eighteen months."))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class LineForm(WithColleagues):
    """A line of the scope."""

    inside = forms.TypedChoiceField(
        label=_("Is it ours?"),
        choices=(("yes", _("In scope")), ("no", _("Out of scope"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Kind of work"), max_length=120, help_text=_("Such as “Reference call”"))
    words = forms.CharField(
        label=_("Words by which a request of it is known"),
        required=False,
        help_text=_("With commas between them. The name itself is one of them."),
    )
    hours = forms.DecimalField(label=_("Working hours for one"), min_value=0, max_digits=6, decimal_places=2)
    because = forms.CharField(
        label=_("Why, or under which condition"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Who asks for what is out of scope reads this."),
    )
    redirect_to = colleague_field(_("Who can help instead"), required=False)
    kind = forms.CharField(
        label=_("Kind in the register of work"),
        required=False,
        max_length=60,
        help_text=_("As “Work asked of us” counts it; empty: by its name."),
    )

    def clean_words(self) -> list[str]:
        """Return the words one by one."""
        return [word.strip() for word in self.cleaned_data["words"].split(",") if word.strip()]


class MarkForm(Form):
    """A driver or a milestone."""

    horizon = forms.ChoiceField(label=_("Of which strategy"), choices=Horizon.choices)
    kind = forms.ChoiceField(label=_("What it is"), choices=MarkKind.choices)
    name = forms.CharField(label=_("In a few words"), max_length=120)
    month = MonthField(label=_("To be reached in"), required=False, help_text=_("For milestones"))


class StepForm(WithColleagues):
    """A step of the plan."""

    month = MonthField(label=_("Month"))
    name = forms.CharField(label=_("What happens"), max_length=160)
    owner = colleague_field(_("Who sees to it"), required=False)


class QuestionForm(Form):
    """A question of the quiz."""

    text = forms.CharField(label=_("Question"), max_length=200)
    right = forms.CharField(label=_("Right answer"), max_length=160)
    wrong = forms.CharField(
        label=_("Wrong answers"), widget=forms.Textarea({"rows": 3}), help_text=_("One to a line, two or three.")
    )
    sentence = forms.CharField(
        label=_("What the charter says about it"),
        max_length=300,
        help_text=_("Whoever answers wrongly reads this."),
    )

    def clean_wrong(self) -> list[str]:
        """Return the answers one by one."""
        return [line.strip() for line in self.cleaned_data["wrong"].splitlines() if line.strip()]


class ConsultForm(WithColleagues):
    """Whose opinion is wanted, until when."""

    people = forms.ModelMultipleChoiceField(
        label=_("Who"), queryset=User.objects.none(), to_field_name="public_id", help_text=_("They get a mail.")
    )
    until = day_field(_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = dt.timedelta(days=policy.now().consult_days)
        self.fields["until"].initial = timezone.localdate() + days


class CommentForm(Form):
    """An opinion."""

    text = forms.CharField(
        label=_("What do you think?"),
        widget=forms.Textarea({"rows": 5}),
        max_length=5000,
        help_text=_("What is missing, what is too much, what you would not sign."),
    )


class LinkForm(Form):
    """A link for somebody outside."""

    label = forms.CharField(label=_("For whom"), max_length=120, help_text=_("Such as “Board, November”"))
    days = forms.IntegerField(
        label=_("For how many days"), min_value=1, max_value=policy.MOST_LINK_DAYS, initial=policy.LINK_DAYS
    )


class QuizForm(Form):
    """Three questions, each with its answers."""

    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: tuple[Asked, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, asked in enumerate(questions):
            self.fields[f"q{place}"] = forms.TypedChoiceField(
                label=asked.text,
                choices=list(enumerate(asked.answers)),
                coerce=int,
                widget=forms.RadioSelect,
            )

    def answers(self) -> list[int | None]:
        """Return the place of each answer."""
        places = [name for name in self.fields if name != "version"]
        return [self.cleaned_data.get(name) for name in places]
