"""Forms of this room."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.forms import Form
from refprogram.people import selectors
from refprogram.people.enums import LeaveKind, Privilege, Role, Scope
from refprogram.people.models import User


class PersonChoice(forms.ModelChoiceField):
    """One colleague, by name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=User.objects.none(), to_field_name="public_id", **options)

    def label_from_instance(self, obj: User) -> str:
        """Return the name as the list says it."""
        return obj.name


class TeamField(forms.ModelChoiceField):
    """One team, or none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=selectors.teams(), to_field_name="public_id", required=False, empty_label=_("No team"), **options
        )


class InviteForm(Form):
    """Whom to invite."""

    email = forms.EmailField(label=_("Work e-mail"), help_text=_("The invitation goes there."))
    name = forms.CharField(label=_("Full name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.REP)
    team = TeamField(label=_("Team"))


class InviteKnownForm(Form):
    """Inviting somebody whom the CRM knows already."""

    email = forms.EmailField(label=_("Work e-mail"), help_text=_("The invitation goes there."))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    team = TeamField(label=_("Team"))


class EditUserForm(Form):
    """What an administrator changes."""

    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, help_text=_("Decides what they see and may do, from now on.")
    )
    team = TeamField(label=_("Team"))


class CoverForm(Form):
    """Who stands in, and when."""

    delegate = PersonChoice(label=_("Who stands in"), help_text=_("They are asked instead, and act in this name."))
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, principal: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["delegate"].queryset = selectors.colleagues().exclude(pk=principal.pk)  # type: ignore[attr-defined]


class LeaveForm(Form):
    """Days away, and who stands in meanwhile."""

    kind = forms.ChoiceField(label=_("Why"), choices=LeaveKind.choices, help_text=_("Shown to nobody on a list."))
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    delegate = PersonChoice(
        label=_("Who stands in"),
        required=False,
        empty_label=_("Nobody, or already said"),
        help_text=_("They are asked instead, and act in this name. Without one, approvals go on to the next in line."),
    )

    def __init__(self, *args: Any, principal: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["delegate"].queryset = selectors.colleagues().exclude(pk=principal.pk)  # type: ignore[attr-defined]


class RestrictForm(Form):
    """What is taken away, why, and until when."""

    privilege = forms.ChoiceField(label=_("They may no longer"), choices=Privilege.choices)
    reason = forms.CharField(
        label=_("Why"), widget=forms.Textarea({"rows": 3}), max_length=1000, help_text=_("They will read this.")
    )
    ends_on = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("That day included. Empty: until somebody lifts it."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class ConfirmForm(Form):
    """Nothing to fill in: the page says what will happen."""


class TeamForm(Form):
    """A team."""

    name = forms.CharField(label=_("Name"), max_length=80)
    region = forms.CharField(
        label=_("Region"), max_length=80, required=False, help_text=_("A new name makes a region.")
    )
    manager = PersonChoice(label=_("Manager"), required=False, empty_label=_("Nobody yet"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["manager"].queryset = selectors.colleagues().filter(role=Role.MANAGER)  # type: ignore[attr-defined]


class ProfileForm(Form):
    """What a colleague says of themselves."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As the program")), *settings.LANGUAGES]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]


class TokenForm(Form):
    """What a token is for and how far it goes."""

    name = forms.CharField(label=_("What will use it"), max_length=80)
    scope = forms.ChoiceField(label=_("It may"), choices=Scope.choices)
    expires_on = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("That day included. Empty: until you revoke it."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class JoinForm(Form):
    """The first password."""

    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=lazy(lambda: " ".join(password_validators_help_texts()), str)(),
    )
