"""The forms of this room: a survey, and a wave with its audience."""

from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from references.accounts import clock
from references.accounts.enums import Tier
from references.accounts.selectors import industries
from references.profiles.models import LinkedProgram
from references.profiles.selectors import satisfaction_programs
from references.surveys import policy
from references.surveys.enums import SurveyKind
from references.surveys.models import Survey
from refprogram.kernel.form_builder.selectors import newest_published
from refprogram.kernel.forms import Form
from refprogram.kernel.models import FormVersion
from refprogram.people.selectors import region_choices

DATE = django_forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class FormChoice(django_forms.ModelChoiceField):
    """A published form, by its name."""

    def label_from_instance(self, version: FormVersion) -> str:
        """Return the form's name and the version's number."""
        return f"{version.design.name} · {version.number}"


class ProgramChoice(django_forms.ModelChoiceField):
    """A satisfaction program, by its name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return its name."""
        return str(obj.name)


class SurveyForm(Form):
    """What is asked, in which words, at which pace."""

    name = django_forms.CharField(label=_("Name"), max_length=120, help_text=_("Customers do not see it."))
    kind = django_forms.ChoiceField(label=_("What does it measure?"), choices=SurveyKind.choices)
    form = FormChoice(
        label=_("Form"),
        queryset=FormVersion.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        help_text=_("Three are ready to be sent; build your own under Forms."),
    )
    message = django_forms.CharField(
        label=_("Words before the question"),
        required=False,
        max_length=2000,
        widget=django_forms.Textarea({"rows": 3}),
        help_text=_("In the mail and on the page. One or two sentences in your own voice."),
    )
    per_day = django_forms.IntegerField(
        label=_("Mails a day, at most"),
        min_value=1,
        max_value=policy.MOST_A_DAY,
        initial=lambda: policy.now().per_day,
    )
    closes_on = django_forms.DateField(label=_("Last day to answer"), required=False, widget=DATE)
    program = ProgramChoice(
        label=_("Satisfaction program"),
        required=False,
        queryset=LinkedProgram.objects.none(),
        to_field_name="public_id",
        empty_label=_("None"),
        help_text=_("Who answers takes part in it: its terms and its cap are theirs, together with ours."),
    )

    def __init__(self, *args: Any, survey: Survey | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["program"].queryset = satisfaction_programs()  # type: ignore[attr-defined]
        choices = newest_published("survey")
        if survey is not None:
            choices = choices | FormVersion.objects.filter(pk=survey.form_id).select_related("design")
            self.fields.pop("kind")
            if survey.kind == SurveyKind.WILLINGNESS:
                self.fields.pop("program")
        self.fields["form"].queryset = choices  # type: ignore[attr-defined]


class AudienceForm(Form):
    """Whom a wave is for; each filter narrows, an empty one does not."""

    who = django_forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[("all", _("All contacts")), ("members", _("Only who takes part in the program"))],
    )
    industry = django_forms.MultipleChoiceField(label=_("Industry"), required=False)
    region = django_forms.MultipleChoiceField(label=_("Region"), required=False)
    tier = django_forms.MultipleChoiceField(
        label=_("Tier"), required=False, choices=[choice for choice in Tier.choices if choice[0]]
    )
    band = django_forms.ChoiceField(
        label=_("By their last NPS"),
        required=False,
        choices=[
            ("", _("Whatever it was")),
            ("promoters", _("Promoters (9 and 10)")),
            ("passives", _("Passives (7 and 8)")),
            ("detractors", _("Detractors (0 to 6)")),
            ("unasked", _("Never answered")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("industry", [(one, one) for one in industries()]), ("region", region_choices())):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["who"].wanted = True  # type: ignore[attr-defined]  # it has an answer always: no "(optional)"
        for name in ("industry", "region", "tier"):
            self.fields[name].widget.attrs["data-pickmany"] = ""

    @property
    def audience(self) -> dict[str, Any]:
        """The filters as a wave keeps them."""
        return {name: self.cleaned_data[name] for name in ("who", "industry", "region", "tier", "band")}


class WaveForm(AudienceForm):
    """A wave: its name, its day, its audience."""

    name = django_forms.CharField(label=_("Name of the wave"), max_length=80)
    starts_on = django_forms.DateField(label=_("First day"), widget=DATE, initial=clock.today)
    field_order = ("name", "starts_on", "who", "industry", "region", "tier", "band")
