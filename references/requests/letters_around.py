"""The mails around a conversation: the brief, another time, whether it took place, personal thanks."""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from references.requests import briefs
from references.requests.models import Candidate
from refprogram.kernel.templatetags import rp
from refprogram.notices.services import Letter


def brief(candidate: Candidate, address: str) -> Letter:
    """To whoever asked: a time is agreed, and this is what to know before."""
    shown = briefs.for_us(candidate)
    return Letter(
        shown.title,
        "references/brief",
        {
            "brief": shown,
            "facts": [*shown.meeting, *shown.who],
            "action_label": _("Open the page to print"),
            "action_url": f"{settings.BASE_URL}{address}",
        },
    )


def another_time(candidate: Candidate, link: str) -> Letter:
    """To the customer: the agreed time does not suit whoever asked."""
    return Letter(
        _("Could we find another time?"),
        "references/another_time",
        {
            "candidate": candidate,
            "request": candidate.request,
            "action_label": _("Offer other times"),
            "action_url": link,
            "alternatives": [(_("I cannot make it any more"), f"{link}?answer=no")],
        },
    )


def was_it_held(candidate: Candidate, *, decided_at: dt.datetime) -> Letter:
    """To whoever asked: it should have taken place by now."""
    timed = candidate.scheduled_at is not None
    fine = _("Without an answer it counts as held on %(day)s.") if timed else _("Without an answer it ends on %(day)s.")
    return Letter(
        _("Did it take place? %(title)s") % {"title": candidate.request.title},
        "references/was_it_held",
        {
            "candidate": candidate,
            "request": candidate.request,
            "action_label": _("Say what became of it"),
            "action_url": f"{settings.BASE_URL}{candidate.request.get_absolute_url()}",
            "fine": fine % {"day": rp.day(decided_at)},
        },
    )


def keep_or_call_off(candidate: Candidate) -> Letter:
    """To whose date it is: the customer must be left alone now. Why is not said; the account's page says it to some."""
    name = candidate.account.name
    return Letter(
        _("%(account)s must be left alone now. Keep the date with them, or call it off?") % {"account": name},
        "references/keep_or_call_off",
        {
            "candidate": candidate,
            "request": candidate.request,
            "facts": [(_("Agreed"), briefs.exactly(candidate.scheduled_at))] if candidate.scheduled_at else [],
            "action_label": _("Keep it or call it off"),
            "action_url": f"{settings.BASE_URL}{candidate.request.get_absolute_url()}",
        },
    )


def personal_thanks(candidate: Candidate, sender: str) -> Letter:
    """To the customer: thanks in the words of who answers for them."""
    return Letter(
        _("Thank you, %(name)s") % {"name": candidate.contact.person.name},
        "references/personal_thanks",
        {"lines": candidate.thanks.splitlines(), "sender": sender},
    )
