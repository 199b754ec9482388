"""The form of a mail that comes by itself."""

from typing import Any, Final

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from refprogram.dashboards.enums import Rhythm
from refprogram.dashboards.mailing import contents
from refprogram.kernel.forms import Form
from refprogram.kernel.models import SavedView
from refprogram.people.models import User

DASHBOARD, VIEW = "d", "v"
DAYS: Final = (
    (_("Each week"), [(f"weekly-{day}", name) for day, name in WEEKDAYS.items()]),
    (_("Each month"), [(f"monthly-{day}", _("on day %(n)d") % {"n": day}) for day in (1, 2, 5, 10, 15, 20, 25, 28)]),
)


class WhenForm(Form):
    """What it is called, and when it comes."""

    name = forms.CharField(label=_("Called"), max_length=80, help_text=_("The subject of the mail."))
    when = forms.ChoiceField(label=_("When"), choices=DAYS, initial="weekly-0")

    def clean_when(self) -> tuple[str, int]:
        """Return the rhythm and its day."""
        rhythm, _dash, day = self.cleaned_data["when"].partition("-")
        return Rhythm(rhythm).value, int(day)


class MailForm(WhenForm):
    """What is mailed to whom: a dashboard, or one of one's own views of a list."""

    what = forms.ChoiceField(label=_("What"))
    to = forms.ModelChoiceField(
        label=_("To"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
        help_text=_("Empty: to yourself. They read it as they may see it."),
    )
    field_order = ("what", "name", "when", "to")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.views = {
            f"{VIEW}:{view.public_id}": view
            for view in SavedView.objects.filter(user=user).order_by("page", "name")
            if contents.name_of(view.page) is not None
        }
        self.fields["what"].choices = what_choices(user, self.views)  # type: ignore[attr-defined]  # a ChoiceField
        if user.has_perm("dashboards.plan_mails_for_others"):
            people = User.objects.filter(is_active=True).exclude(pk=user.pk).select_related("person")
            self.fields["to"].queryset = people.order_by("person__name")  # type: ignore[attr-defined]  # a model's
        else:
            del self.fields["to"]

    def page_and_query(self) -> tuple[str, str]:
        """Return the page that was chosen, and its state."""
        chosen = self.cleaned_data["what"]
        if chosen in self.views:
            return self.views[chosen].page, self.views[chosen].query
        return str(chosen).removeprefix(f"{DASHBOARD}:"), ""


def what_choices(user: User, views: dict[str, SavedView]) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Return what can be mailed: dashboards, then own views by list."""
    found: list[tuple[Any, list[tuple[str, Any]]]] = []
    mine = [(f"{DASHBOARD}:{page}", name) for page, name in contents.boards_for(user)]
    if mine:
        found.append((_("Dashboards"), mine))
    if views:
        found.append((_("Views that you saved"), [(key, _named(view)) for key, view in views.items()]))
    return found


def _named(view: SavedView) -> str:
    return f"{contents.name_of(view.page) or view.page}: {view.name}"
