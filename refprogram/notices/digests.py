"""Digests: what a reader wants in one mail a day, at eight in the morning where that reader is."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from refprogram.notices import mails, policy
from refprogram.notices.kinds import Kind
from refprogram.notices.mails import Letter
from refprogram.notices.models import Mail, Notice
from refprogram.notices.services import post
from refprogram.people.models import Person

# Not in the registry: each kind in it is switched by itself.
DIGEST = Kind("digest", _("Daily digest"), _("you asked for these in one mail a day"), required=True)


def send_digests(*, now: dt.datetime | None = None) -> int:
    """Write the digest of everybody whose morning it is and who has something waiting; return how many."""
    at = now or timezone.now()
    waiting = Person.objects.filter(notices__for_digest=True).distinct().order_by("pk")
    return sum(_send_to(person, at) for person in waiting if _is_morning(person, at))


def _is_morning(person: Person, at: dt.datetime) -> bool:
    return at.astimezone(mails.zone_of(person)).hour == policy.DIGEST_HOUR


@transaction.atomic
def _send_to(person: Person, at: dt.datetime) -> bool:
    waiting = Notice.objects.select_for_update().filter(person=person, for_digest=True).order_by("pk")
    found = list(waiting)
    Notice.objects.filter(pk__in=[notice.pk for notice in found]).update(for_digest=False)
    news = [notice for notice in found if notice.read_at is None]
    key = f"digest:{at.astimezone(mails.zone_of(person)).date()}"
    if not news or not mails.has_mailbox(person) or Mail.objects.filter(person=person, key=key).exists():
        return False
    with mails.as_reader(person):
        letter = _letter(news)
    post(person=person, kind=DIGEST, key=key, letter=letter)
    return True


def _letter(news: list[Notice]) -> Letter:
    n = len(news)
    return Letter(
        subject=ngettext("%(n)d thing since yesterday", "%(n)d things since yesterday", n) % {"n": n},
        template="notices/digest",
        context={
            "lines": [
                (notice.text, mails.absolute(notice.url), notice.created_at) for notice in news[: policy.DIGEST_LINES]
            ],
            "more": max(0, n - policy.DIGEST_LINES),
            "action_label": _("Open my notices"),
            "action_url": mails.absolute(reverse("notices:list")),
        },
    )
