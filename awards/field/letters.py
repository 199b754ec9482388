"""What account owners are told: how many of their customers could enter, and where the words for it are."""

from collections.abc import Iterator
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests import zones
from awards.contests.models import Contest
from awards.field.notice_kinds import FIELD
from awards.field.selectors import NAMED, Duty, duties
from refprogram.notices.mails import absolute
from refprogram.notices.many import Telling, tell_many
from refprogram.notices.services import Letter


def tell_owners(contest: Contest, *, lot: str) -> int:
    """Tell every owner of customers who could enter, once for each lot; return how many were told."""
    return tell_many(kind=FIELD, tellings=_tellings(contest, lot))


def _tellings(contest: Contest, lot: str) -> Iterator[Telling]:
    url = reverse("awards:contest-field", args=[contest.slug])
    for duty in duties(contest):
        yield Telling(
            person=duty.user.person,
            key=f"contest-field:{contest.pk}:{lot}",
            text=_("%(contest)s: %(what)s") % {"contest": contest.name, "what": what(duty)},
            url=url,
            letter=partial(_letter, contest, duty, absolute(url)),
        )


def what(duty: Duty) -> str:
    """Return what one owner could do, in a sentence."""
    n, parts = len(duty.could), []
    if n:
        named = ", ".join(duty.could[:NAMED])
        words = ngettext("%(named)s could enter", "%(n)d of your customers could enter, such as %(named)s", n)
        parts.append(words % {"n": n, "named": named})
    if duty.drafts:
        words = ngettext("%(n)d entry is not finished", "%(n)d entries are not finished", duty.drafts)
        parts.append(words % {"n": duty.drafts})
    return _("%(list)s.") % {"list": "; ".join(parts)}


def _letter(contest: Contest, duty: Duty, url: str) -> Letter:
    return Letter(
        subject=_("Which of your customers should enter %(contest)s?") % {"contest": contest.name},
        template="awards/field",
        context={
            "contest": contest.name,
            "what": what(duty),
            "until": zones.said(contest.closes_at, contest.tz),
            "action_label": _("What to say, and to whom"),
            "action_url": url,
        },
    )
