"""The words a customer agrees to: shown on the page and kept with the consent, from one source."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from references.accounts import clock, policy
from references.accounts.models import ActivityType


def program_of() -> str:
    """Return who asks, as customers know them."""
    return str(getattr(settings, "ORGANISATION_NAME", "") or settings.PROGRAM_NAME)


def with_us() -> str:
    """Return the end of "your work with …": the company's name where it is set."""
    return str(getattr(settings, "ORGANISATION_NAME", "") or _("us"))


def promise() -> str:
    """Return the paragraph under the choices: how often, what for, until when, how to stop."""
    return _(
        "I agree that %(program)s may ask me for what I ticked, at most %(cap)d times in three months, each time by a "
        "message that I may answer with no. My name, title and company are shown to the people I agree to talk to, and "
        "to nobody else. This holds until %(until)s. I can change or end it at any time, without giving a reason."
    ) % {
        "program": program_of(),
        "cap": policy.now().asks_per_quarter,
        "until": date_format(policy.consent_until(clock.today()), "j F Y"),
    }


def agreement(activities: Iterable[ActivityType]) -> str:
    """Return the whole text that was agreed to: the choices as shown, then the promise."""
    ticked = [f"– {activity.name}: {minutes(activity)}" for activity in activities]
    return "\n".join([_("I would be glad to be asked for:"), *ticked, "", promise()])


def days(span: Mapping[str, str]) -> str:
    """Return days on which nobody asks: "20 December 2026 to 6 January 2027"."""
    first, last = (date_format(dt.date.fromisoformat(span[end]), "j F Y") for end in ("from", "to"))
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def minutes(activity: ActivityType) -> str:
    """Return what we tell the customer it takes: "about 30 minutes", "about 3 hours"."""
    if activity.minutes < 90:
        return _("about %(n)d minutes") % {"n": activity.minutes}
    hours = activity.minutes / 60
    return _("about %(n)s hours") % {"n": f"{hours:.1f}".removesuffix(".0")}
