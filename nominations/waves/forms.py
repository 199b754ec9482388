"""What people fill in about waves: the plan, the cohorts with their dates, other figures to try."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nominations.campaigns.enums import CampaignState
from nominations.campaigns.models import Campaign
from nominations.waves.cutting import LONGEST_BOUND
from nominations.waves.enums import WaveCut
from nominations.waves.models import Cohort, Wave
from nominations.waves.policy import MOST_COHORTS
from nominations.waves.services import Planned
from nominations.waves.simulating import WhatIf
from references.accounts import clock
from refprogram.kernel.forms import Form, day_field
from refprogram.people.enums import Role

MOST = 32_000
ROLES = [(role.value, role.label) for role in Role if role != Role.JUDGE]


def _pace(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=options.pop("least", 1), max_value=MOST, **options)


class WaveForm(Form):
    """A wave: whom, from when, how fast."""

    name = forms.CharField(label=_("Name"), max_length=120)
    campaign = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("None"), help_text=_("Its audience is asked, and its sponsor’s words stand in the mail."),
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=_("Only these roles"), choices=ROLES, required=False, help_text=_("None chosen: every colleague."),
        widget=forms.SelectMultiple({"data-pickmany": ""}),
    )  # fmt: skip
    cut = forms.ChoiceField(label=_("Divide colleagues by"), choices=WaveCut.choices)
    parts = forms.IntegerField(
        label=_("Number of cohorts"), min_value=1, max_value=MOST_COHORTS, initial=4,
        help_text=_("They are made about equally large; you can change each of them in the next step."),
    )  # fmt: skip
    starts_on = day_field(_("First day"), initial=clock.today)
    days_each = _pace(_("Days between two openings"), initial=30)
    in_work = _pace(
        _("At most in screening at once"), initial=20, help_text=_("More wait in the queue and are told until when.")
    )
    per_day = _pace(_("Decisions on a working day"), initial=4)
    pause_after_days = _pace(
        _("Pause when the backlog is more than"), initial=10, least=0,
        help_text=_("Working days of screening. It goes on by itself below half of that."),
    )  # fmt: skip

    def __init__(self, *args: Any, wave: Wave | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        campaign: Any = self.fields["campaign"]
        open_now = Campaign.objects.filter(state__in=(CampaignState.PLANNED, CampaignState.RUNNING))
        if wave is not None and wave.campaign_id is not None:
            open_now |= Campaign.objects.filter(pk=wave.campaign_id)
        campaign.queryset = open_now.order_by("name")


class CohortsForm(Form):
    """Every cohort with its people and dates; the fields of the second one end with `_2`."""

    def __init__(self, *args: Any, wave: Wave, cohorts: Sequence[Cohort], groups: Mapping[int, str], **options: Any):
        super().__init__(*args, **options)
        self.wave, self.cohorts = wave, cohorts
        for row in cohorts:
            for name, field in self._fields(row, groups).items():
                field.disabled = row.opened_at is not None and name != "name"
                self.fields[f"{name}_{row.number}"] = field

    def _fields(self, row: Cohort, groups: Mapping[int, str]) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {"name": forms.CharField(label=_("Name"), max_length=80, initial=row.name)}
        if self.wave.cut == WaveCut.LAST_NAME:
            found["from"] = _letters(_("From"), row.rule.get("from", ""))
            found["to"] = _letters(_("To"), row.rule.get("to", ""))
        elif self.wave.cut == WaveCut.HASH:
            of = len(self.cohorts)
            parts = [(part, str(part + 1)) for part in range(of)]
            found["part"] = forms.TypedChoiceField(
                label=_("Part"), choices=parts, coerce=int, initial=row.rule.get("part", 0)
            )
        else:
            found["ids"] = forms.TypedMultipleChoiceField(
                label=_("Teams") if self.wave.cut == WaveCut.TEAM else _("Regions"), choices=list(groups.items()),
                coerce=int, required=False, initial=row.rule.get("ids", []),
                widget=forms.SelectMultiple({"data-pickmany": ""}),
            )  # fmt: skip
        found["opens_on"] = day_field(_("Opens"), initial=row.opens_on)
        found["closes_on"] = day_field(_("Last day"), initial=row.closes_on)
        return found

    @property
    def groups(self) -> list[tuple[Cohort, list[Any]]]:
        """Return each cohort with its fields, as the page draws them."""
        return [
            (row, [self[name] for name in self.fields if name.rpartition("_")[2] == str(row.number)])
            for row in self.cohorts
        ]

    @property
    def planned(self) -> list[Planned]:
        """Return what was typed, as the service takes it."""
        return [self._planned(row) for row in self.cohorts]

    def _planned(self, row: Cohort) -> Planned:
        said = {name: self.cleaned_data.get(f"{name}_{row.number}") for name in ("from", "to", "ids", "part")}
        rule = {name: value for name, value in said.items() if value is not None}
        if self.wave.cut == WaveCut.HASH:
            rule["of"] = len(self.cohorts)
        return Planned(
            name=self.cleaned_data[f"name_{row.number}"],
            opens_on=self.cleaned_data[f"opens_on_{row.number}"],
            closes_on=self.cleaned_data[f"closes_on_{row.number}"],
            rule=rule,
        )


def _letters(label: Any, value: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_BOUND, required=False, initial=value,
        widget=forms.TextInput({"autocapitalize": "characters", "size": 4}),
    )  # fmt: skip


class WhatIfForm(Form):
    """Other figures to try."""

    in_work = _pace(_("In screening at once"), required=False)
    per_day = _pace(_("Decisions on a working day"), required=False)
    days_each = _pace(_("Days between two openings"), required=False)

    def __init__(self, *args: Any, wave: Wave, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.widget.attrs["placeholder"] = getattr(wave, name)
            field.wanted = True  # type: ignore[attr-defined]  # empty is the plan's own figure: no "(optional)"

    @property
    def what_if(self) -> WhatIf:
        """Return what was typed; nothing where it makes no sense."""
        said = self.cleaned_data if self.is_valid() else {}
        return WhatIf(**{name: said.get(name) for name in ("in_work", "per_day", "days_each")})


class ReasonForm(Form):
    """The sentence that comes with a button."""

    reason = forms.CharField(label=_("Why?"), max_length=200, required=False)

    @property
    def reason_given(self) -> str:
        """Return what was typed; nothing where it cannot be kept."""
        return str(self.cleaned_data.get("reason", "")) if self.is_valid() else ""
