"""What judges and managers fill in."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms as django_forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.judging import policy
from awards.judging.enums import Blindness, JudgeKind, Mode, Peers
from awards.models import Category, Contest, Judge, Round
from refprogram.kernel import forms

LEVELS = ((0, _("I am an expert")), (1, _("I know it")), (2, _("Rather not")))


def _pair(*names: str) -> Div:
    """Put two short fields side by side."""
    return Div(*(Div(name, css_class="col-6") for name in names), css_class="row g-3")


class AnswerForm(forms.Form):
    """Yes with a number of entries and what one knows best; or no, with somebody else's name."""

    cap = django_forms.IntegerField(label=_("How many entries can you take?"), min_value=1, max_value=500)
    reason = django_forms.CharField(label=_("Why not?"), required=False, max_length=300)
    suggests = django_forms.CharField(
        label=_("Whom should we ask instead?"), required=False, max_length=200, help_text=_("A name and an address.")
    )

    def __init__(self, *args: Any, judge: Judge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.judge = judge
        self.fields["cap"].initial = judge.load_cap
        self.fields["cap"].required = self.data.get("act") != "no"
        self.categories: list[Category] = list(judge.contest.categories.all())
        for category in self.categories:
            self.fields[f"know-{category.pk}"] = django_forms.TypedChoiceField(
                label=category.name, choices=LEVELS, initial=1, coerce=int, required=False
            )

    def expertise(self) -> dict[str, int]:
        """Return how well they know each category."""
        said = {str(one.pk): self.cleaned_data.get(f"know-{one.pk}", "") for one in self.categories}
        return {key: 1 if level == "" else int(level) for key, level in said.items()}


class PapersForm(forms.Form):
    """The statement of confidence, and ties to companies."""

    nda = django_forms.BooleanField(label=_("I keep what I read here to myself, and use it for nothing else."))
    ties = django_forms.CharField(
        label=_("Companies you are tied to"),
        required=False,
        widget=django_forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line: employers of three years, clients, holdings, family. You are not given their entries."
        ),
    )
    none = django_forms.BooleanField(label=_("There is none."), required=False)

    def names(self) -> list[str]:
        """Return the companies, one by one."""
        return [line.strip() for line in self.cleaned_data["ties"].replace(";", "\n").splitlines() if line.strip()]


class MeForm(forms.Form):
    """What a judge says of themselves."""

    bio = django_forms.CharField(
        label=_("A few sentences about you"),
        required=False,
        max_length=1200,
        widget=django_forms.Textarea(attrs={"rows": 5}),
    )
    organisation = django_forms.CharField(label=_("Where you work"), required=False, max_length=120)
    public = django_forms.BooleanField(
        label=_("Show me on the contest’s public page"), required=False, help_text=_("Name, organisation, these words.")
    )
    load_cap = django_forms.IntegerField(label=_("Entries I can take"), min_value=1, max_value=500)


class InviteForm(forms.Form):
    """Whom to ask, and as what."""

    name = django_forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("If we do not know the address yet.")
    )
    email = django_forms.EmailField(label=_("E-mail address"))
    kind = django_forms.ChoiceField(label=_("What makes them a judge"), choices=JudgeKind.choices)
    organisation = django_forms.CharField(label=_("Where they work"), max_length=120, required=False)
    cap = django_forms.IntegerField(label=_("Entries we ask them for"), min_value=1, max_value=500)
    bio = django_forms.CharField(
        label=_("Who they are"), required=False, max_length=1200, widget=django_forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cap"].initial = policy.now().load


class RoundForm(forms.Form):
    """A round: how, when, by how many."""

    name = django_forms.CharField(label=_("Name"), max_length=80)
    mode = django_forms.ChoiceField(label=_("How it judges"), choices=Mode.choices)
    opens_at = django_forms.DateTimeField(
        label=_("Begins"),
        help_text=_("All three in your own time zone."),
        widget=django_forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    closes_at = django_forms.DateTimeField(
        label=_("Ends"), widget=django_forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    hard_close_at = django_forms.DateTimeField(
        label=_("Takes nothing after"),
        help_text=_("Until then a ballot that was begun may still be sent."),
        widget=django_forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    blindness = django_forms.ChoiceField(label=_("Who entered"), choices=Blindness.choices)
    peers = django_forms.ChoiceField(label=_("Judges see of each other"), choices=Peers.choices)
    per_entry = django_forms.IntegerField(label=_("Judges for each entry"), min_value=1, max_value=50)
    min_ballots = django_forms.IntegerField(
        label=_("Ballots for an adjusted score"), min_value=1, max_value=50, help_text=_("Fewer: no adjusted score.")
    )
    min_customers = django_forms.IntegerField(label=_("Customers among them"), min_value=0, max_value=50)
    min_independent = django_forms.IntegerField(label=_("Independent ones among them"), min_value=0, max_value=50)
    anchors = django_forms.IntegerField(
        label=_("Calibration entries"), min_value=0, max_value=10, help_text=_("All judges score them first.")
    )
    adjust = django_forms.BooleanField(label=_("Correct for harsh and generous judges"), required=False)
    comment_extremes = django_forms.BooleanField(
        label=_("The lowest and the highest level need a word why"), required=False
    )
    advance_top = django_forms.IntegerField(
        label=_("So many go on, per category"), min_value=0, max_value=500, help_text=_("0: all of them.")
    )
    advance_score = django_forms.DecimalField(
        label=_("At least this score"), min_value=0, max_value=100, decimal_places=2, max_digits=5
    )
    layout = Layout(
        "name", "mode", _pair("opens_at", "closes_at"), "hard_close_at", _pair("blindness", "peers"),
        _pair("per_entry", "min_ballots"), _pair("min_customers", "min_independent"), _pair("anchors", "adjust"),
        "comment_extremes", _pair("advance_top", "advance_score"),
    )  # fmt: skip

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields if fixed else ():
            if name not in ("name", "closes_at", "hard_close_at"):
                self.fields[name].disabled = True


class CriterionForm(forms.Form):
    """What is scored: weight, range, words for each level."""

    name = django_forms.CharField(label=_("What is scored"), max_length=80)
    description = django_forms.CharField(label=_("The question to the judge"), required=False, max_length=300)
    category = django_forms.ModelChoiceField(
        label=_("Only in"), queryset=Category.objects.none(), required=False, empty_label=_("All categories")
    )
    weight = django_forms.DecimalField(label=_("Weight"), min_value=0, max_digits=6, decimal_places=2)
    lo = django_forms.IntegerField(label=_("Lowest level"), min_value=0, max_value=100)
    hi = django_forms.IntegerField(label=_("Highest level"), min_value=1, max_value=100)
    levels = django_forms.CharField(
        label=_("What each level means"),
        required=False,
        widget=django_forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line: “5: large effect, all of it proved”."),
    )
    required = django_forms.BooleanField(label=_("Every ballot scores it"), required=False)
    allow_na = django_forms.BooleanField(label=_("“Does not apply” is allowed"), required=False)
    tie_rank = django_forms.IntegerField(
        label=_("Breaks ties as number"), min_value=0, max_value=20, help_text=_("1 first; 0: never.")
    )
    position = django_forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=100, required=False)
    layout = Layout(
        "name", "description", "category", _pair("weight", "tie_rank"), _pair("lo", "hi"), "levels", "required",
        "allow_na", "position",
    )  # fmt: skip

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = contest.categories.all()  # type: ignore[attr-defined]

    def clean_levels(self) -> dict[str, str]:
        """Return the words by level."""
        found: dict[str, str] = {}
        for line in str(self.cleaned_data["levels"]).splitlines():
            level, colon, text = line.partition(":")
            if not line.strip():
                continue
            if not colon or not level.strip().isdecimal():
                raise django_forms.ValidationError(
                    gettext("Write each line as “level: words”; “%(line)s” is not.") % {"line": line[:60]}
                )
            found[str(int(level))] = text.strip()
        return found


class GiveForm(forms.Form):
    """One entry for one judge."""

    entry = django_forms.CharField(label=_("Entry"), help_text=_("Its code."), max_length=8)
    category = django_forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none())
    judge = django_forms.ModelChoiceField(label=_("Judge"), queryset=Judge.objects.none())

    def __init__(self, *args: Any, round: Round, categories: Any, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]
        self.fields["judge"].queryset = round.contest.judges.select_related("person")  # type: ignore[attr-defined]
        self.fields["judge"].label_from_instance = lambda row: row.person.name  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = django_forms.CharField(label=_("Why?"), max_length=300, widget=django_forms.Textarea(attrs={"rows": 3}))


class TieForm(forms.Form):
    """A tie that our data do not show."""

    entry = django_forms.CharField(label=_("Entry"), help_text=_("Its code."), max_length=8)
    reason = django_forms.CharField(label=_("Which tie?"), max_length=300)


class AnchorForm(forms.Form):
    """A text that all judges score to calibrate."""

    title = django_forms.CharField(label=_("Title"), max_length=160)
    summary = django_forms.CharField(
        label=_("The text"), max_length=400, widget=django_forms.Textarea(attrs={"rows": 5}),
        help_text=_("Invented or of an earlier year: with a result of which everybody knows how good it is."),
    )  # fmt: skip
