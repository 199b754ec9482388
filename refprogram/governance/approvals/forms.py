"""Writing a chain, and trying it out."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms as django_forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from refprogram.governance.approvals.answer_time import MOST_HOURS, USUAL_HOURS
from refprogram.governance.approvals.enums import ApproverKind, SkipRule
from refprogram.governance.approvals.models import ChainStep
from refprogram.governance.approvals.pickers import NOBODY, ColleagueField, further_choices, who_choices
from refprogram.governance.approvals.services.chains import MOST_STEPS, StepPlan
from refprogram.governance.approvals.traits import Labelled
from refprogram.kernel import forms
from refprogram.people import selectors as people
from refprogram.people.models import User

FIELDS = ("position", "who", "amount_from", "amount_below", "hours", "further", "only_for", "skip", "manager")
Choices = list[tuple[Any, Any]]


class Row(NamedTuple):
    """One step as the form draws it: its number and its fields."""

    number: int
    fields: list[django_forms.BoundField]
    blank: bool


class ChainForm(forms.Form):
    """The steps of a draft, a row each; a row without "who" is left out."""

    def __init__(self, *args: Any, steps: list[ChainStep], traits: Labelled | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.traits = traits or []
        sent = str(self.data.get("rows", "")) if self.is_bound else ""
        wanted = int(sent) if sent.isdecimal() and len(sent) < 3 else len(steps) + 1
        self.row_count = max(1, min(wanted, MOST_STEPS))
        self.people = self._named_in(steps)
        who, further = who_choices(self.people), further_choices(self.people)
        for number in range(self.row_count):
            step = steps[number] if number < len(steps) else None
            self._add_row(number, step, who, further)
        self.fields["passes"] = django_forms.BooleanField(
            label=_("What falls outside the amounts of every step needs nobody"),
            required=False,
            help_text=_("Otherwise the last step is asked all the same."),
        )

    def _named_in(self, steps: list[ChainStep]) -> list[User]:
        """Return the colleagues that the steps name, or that were sent: the others are looked for while typing."""
        named = {user.public_id for step in steps for user in (step.user, step.escalate_user) if user is not None}
        for number in range(self.row_count if self.is_bound else 0):
            sent = (str(self.data.get(f"{name}_{number}", "")) for name in ("who", "further"))
            named |= {
                text.removeprefix("person:") for text in sent if text.startswith("person:") and "\x00" not in text
            }
        return list(people.colleagues().filter(public_id__in=named)) if named else []

    def _add_row(self, number: int, step: ChainStep | None, who: Choices, further: Choices) -> None:
        made: dict[str, django_forms.Field] = {
            "position": django_forms.IntegerField(
                label=_("Place"), required=False, validators=[MinValueValidator(1), MaxValueValidator(99)]
            ),
            "who": django_forms.ChoiceField(
                label=_("Who is asked"), required=False, choices=who, widget=_looked_for("who")
            ),
            "amount_from": _money(_("From")),
            "amount_below": _money(_("Below")),
            "hours": django_forms.IntegerField(
                label=_("Working hours"),
                required=False,
                validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
            ),
            "further": django_forms.ChoiceField(
                label=_("Then asked"), required=False, choices=further, widget=_looked_for("further")
            ),
        }
        made |= _rules(self.traits)
        first = _values(step) if step is not None else {"position": number + 1, "hours": USUAL_HOURS}
        for name, field in made.items():
            field.initial = first.get(name)
            self.fields[f"{name}_{number}"] = field

    @property
    def rows(self) -> Iterator[Row]:
        """The rows for the template."""
        for number in range(self.row_count):
            fields = [self[f"{name}_{number}"] for name in FIELDS if f"{name}_{number}" in self.fields]
            yield Row(number, fields, blank=not fields[1].value())

    def clean(self) -> dict[str, Any]:
        """A band must not be empty, and somebody must be asked in every row that is filled in."""
        data: dict[str, Any] = super().clean() or {}
        for number in range(self.row_count):
            low, high = data.get(f"amount_from_{number}"), data.get(f"amount_below_{number}")
            for name in ("who", "further"):
                if data.get(f"{name}_{number}") == NOBODY:
                    data[f"{name}_{number}"] = ""
            if low is not None and high is not None and high <= low:
                self.add_error(f"amount_below_{number}", _t("This lies not above “From”."))
        return data

    def plans(self) -> list[StepPlan]:
        """Return the steps as the service takes them."""
        return [self._plan(number) for number in range(self.row_count) if self.cleaned_data.get(f"who_{number}")]

    def _plan(self, number: int) -> StepPlan:
        data = self.cleaned_data
        kind, _colon, value = data[f"who_{number}"].partition(":")
        next_kind, _colon, next_value = (data.get(f"further_{number}") or "").partition(":")
        known = {user.public_id: user for user in self.people}
        return StepPlan(
            position=data.get(f"position_{number}") or number + 1,
            approver=ApproverKind(kind),
            role=value if kind == ApproverKind.ROLE else "",
            user=known.get(value) if kind == ApproverKind.PERSON else None,
            amount_from=data.get(f"amount_from_{number}"),
            amount_below=data.get(f"amount_below_{number}"),
            hours=data.get(f"hours_{number}") or USUAL_HOURS,
            escalate_manager=bool(data.get(f"manager_{number}")),
            only_for=tuple(data.get(f"only_for_{number}") or ()),
            skip=data.get(f"skip_{number}") or SkipRule.NEVER.value,
            escalate_role=next_value if next_kind == ApproverKind.ROLE else "",
            escalate_user=known.get(next_value) if next_kind == ApproverKind.PERSON else None,
        )


def _money(label: Any) -> django_forms.DecimalField:
    return django_forms.DecimalField(
        label=label, required=False, max_digits=14, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )


def _rules(traits: Labelled) -> dict[str, django_forms.Field]:
    """Return what else a row says: the manager in between, when it is left out, for what it is alone."""
    rules: dict[str, django_forms.Field] = {
        "manager": django_forms.BooleanField(label=_("Before that, the manager of who was silent"), required=False),
        "skip": django_forms.ChoiceField(label=_("Left out"), choices=SkipRule.choices, required=False),
    }
    if traits:
        rules["only_for"] = django_forms.MultipleChoiceField(
            label=_("Only for"),
            choices=traits,
            required=False,
            widget=django_forms.SelectMultiple({"data-pickmany": "", "data-placeholder": _("Any")}),
        )
    return rules


def _values(step: ChainStep) -> dict[str, Any]:
    return {
        "position": step.position,
        "who": _key(step.approver, step.role, step.user),
        "amount_from": step.amount_from,
        "amount_below": step.amount_below,
        "hours": step.hours,
        "further": _further_key(step),
        "manager": step.escalate_manager,
        "skip": step.skip,
        "only_for": step.only_for,
    }


def _key(approver: str, role: str, user: User | None) -> str:
    if approver == ApproverKind.ROLE:
        return f"role:{role}"
    return f"person:{user.public_id}" if approver == ApproverKind.PERSON and user else approver


def _further_key(step: ChainStep) -> str:
    if step.escalate_user is not None:
        return f"person:{step.escalate_user.public_id}"
    return f"role:{step.escalate_role}" if step.escalate_role else ""


def _looked_for(which: str) -> django_forms.Select:
    """A select that finds roles and colleagues while somebody types."""
    address = format_lazy("{address}?for={which}", address=reverse_lazy("governance:approver-options"), which=which)
    return django_forms.Select({"data-typeahead": address, "data-placeholder": _("Role or name")})


class DryRunForm(forms.Form):
    """What would be asked, and by whom."""

    requester = ColleagueField(label=_("Asked by"))
    amount = _money(_("Amount"))
    owner = ColleagueField(label=_("Owner of what it is about"), required=False)

    def __init__(self, *args: Any, traits: Labelled | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if traits:
            self.fields["traits"] = _rules(traits)["only_for"]
            self.fields["traits"].label = _("What it is")
        for name in ("requester", "owner"):
            self.fields[name].open_to_all()  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """To whom a step that is stuck goes, and why."""

    to = ColleagueField(label=_("To whom"), help_text=_("Not who asked, gains by it, or is away."))
    reason = django_forms.CharField(
        label=_("Why"), max_length=2000, widget=django_forms.Textarea({"rows": 3}), help_text=_("It stays on record.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].open_to_all()  # type: ignore[attr-defined]


class VerdictForm(forms.Form):
    """What an approver says."""

    verdict = django_forms.ChoiceField(choices=(("approve", ""), ("reject", ""), ("ask", "")))
    comment = django_forms.CharField(label=_("Comment"), required=False, max_length=2000)
    turn = django_forms.CharField(required=False, max_length=12)


class TextForm(forms.Form):
    """Words alone: an answer, or a reason."""

    text = django_forms.CharField(label=_("Text"), max_length=2000)
