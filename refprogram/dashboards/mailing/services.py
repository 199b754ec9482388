"""Asking for mails of dashboards and lists, changing and ending that, and sending what is due, each once."""

import calendar
import datetime as dt
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.dashboards.enums import Rhythm
from refprogram.dashboards.mailing import contents
from refprogram.dashboards.mailing.notice_kinds import REPORT
from refprogram.dashboards.models import MailPlan
from refprogram.kernel import rollups, saved_views
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.notices import mails
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User

MOST: Final = 20
MOST_AT_ONCE: Final = 500
LAST_DAY: Final = 28
DAYS_A_WEEK: Final = 7


def visible_to(user: User) -> QuerySet[MailPlan]:
    """Return the plans that somebody gets or made, those that ended left out."""
    mine = Q(reader=user.pk) | Q(made_by=user.pk)
    return MailPlan.objects.filter(mine, ended_at__isnull=True).select_related("reader__person", "made_by__person")


def next_day(rhythm: str, day: int, after: dt.date) -> dt.date:
    """Return the first day of a rhythm after a day."""
    if rhythm == Rhythm.WEEKLY:
        return after + dt.timedelta(days=(day - after.weekday() - 1) % DAYS_A_WEEK + 1)
    if after.day < day:
        return after.replace(day=day)
    last = calendar.monthrange(after.year, after.month)[1]
    return (after.replace(day=last) + dt.timedelta(days=1)).replace(day=day)


@transaction.atomic
def plan_mail(*, actor: User, reader: User, name: str, page: str, query: str, rhythm: str, day: int) -> MailPlan:
    """Have a page mailed to somebody from its next day on; to others only by who runs the program."""
    if reader != actor and not actor.has_perm("dashboards.plan_mails_for_others"):
        raise NotAllowed(_("Mails to colleagues are planned by who runs the program."))
    User.objects.select_for_update().get(pk=reader.pk)
    if MailPlan.objects.filter(reader=reader, ended_at__isnull=True).count() >= MOST:
        raise DomainError(_("That is more than %(n)d mails for one reader. End one first.") % {"n": MOST})
    _check(reader, page, query, rhythm, day)
    return MailPlan.objects.create(
        reader=reader,
        made_by=actor,
        name=name,
        page=page,
        query=saved_views.clean_query(query),
        rhythm=rhythm,
        day=day,
        due_on=next_day(rhythm, day, today()),
    )


@transaction.atomic
def change_mail(*, plan: MailPlan, name: str, rhythm: str, day: int) -> MailPlan:
    """Change the name and the day of a plan; what is due next follows from it."""
    row = MailPlan.objects.select_for_update().get(pk=plan.pk)
    _check(row.reader, row.page, row.query, rhythm, day)
    row.name, row.rhythm, row.day = name, rhythm, day
    row.due_on = next_day(rhythm, day, today())
    row.save(update_fields=["name", "rhythm", "day", "due_on"])
    return row


@transaction.atomic
def end_mail(*, plan: MailPlan) -> MailPlan:
    """Send it no more; said twice is once."""
    row = MailPlan.objects.select_for_update().get(pk=plan.pk)
    if row.ended_at is None:
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
    return row


def send_due() -> int:
    """Send what is due; return how many. Beat calls it every morning; a day that was missed is sent late, once."""
    due = MailPlan.objects.filter(due_on__lte=today(), ended_at__isnull=True).order_by("due_on", "pk")
    return sum(_send(key) for key in due.values_list("pk", flat=True)[:MOST_AT_ONCE])


@transaction.atomic
def _send(key: int) -> bool:
    rows = MailPlan.objects.select_for_update(of=("self",), skip_locked=True).select_related("reader__person")
    row = rows.filter(pk=key, due_on__lte=today(), ended_at__isnull=True).first()
    if row is None:
        return False
    person, due = row.reader.person, row.due_on
    with mails.as_reader(person):
        content = contents.of(row.reader, row.page, row.query) if row.reader.is_active else None
        if content is None:
            row.ended_at = timezone.now()
            row.save(update_fields=["ended_at"])
            return False
        told = tell(
            person=person,
            kind=REPORT,
            key=f"report:{row.public_id}:{due.isoformat()}",
            text=_("%(name)s, as you asked for it") % {"name": row.name},
            url=content.url,
            letter=_letter(row, content),
        )
    row.sent_on, row.due_on = today(), next_day(row.rhythm, row.day, today())
    row.save(update_fields=["sent_on", "due_on"])
    return told is not None


def _letter(row: MailPlan, content: contents.Content) -> Letter:
    return Letter(
        row.name,
        "dashboards/report",
        {
            "lead": row.get_rhythm_display().capitalize(),
            "said": content.lead,
            "facts": content.facts,
            "action_label": _("Open it"),
            "action_url": mails.absolute(content.url),
            "alternatives": [(_("Change or end this mail"), mails.absolute(row.get_absolute_url()))],
        },
    )


def _check(reader: User, page: str, query: str, rhythm: str, day: int) -> None:
    if contents.of(reader, page, query) is None:
        message = _("%(name)s may not open that page.") % {"name": reader.name}
        raise InvalidInput(message, errors={"what": message})
    if not (0 <= day < DAYS_A_WEEK if rhythm == Rhythm.WEEKLY else 1 <= day <= LAST_DAY):
        message = _("Choose a day of the week, or one from 1 to 28 of the month.")
        raise InvalidInput(message, errors={"day": message})


def today() -> dt.date:
    """Return the program's own day."""
    return rollups.day_of(timezone.now())
