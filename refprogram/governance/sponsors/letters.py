"""What people are told about sponsors and promises. The words of the mails lie in templates/governance/mail/."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from refprogram.governance.sponsors.enums import Cause, Reminder
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User

on_day = lazy(rp.day, str)  # written while the mail is, in its reader's language


def _facts(row: SponsorPledge) -> list[tuple[str, Any]]:
    facts = [
        (_("What you promised"), row.words),
        (_("By"), on_day(row.due_on)),
        (_("Where"), row.channel),
        (_("To whom"), row.audience),
    ]
    return [fact for fact in facts if fact[1]]


def reminder(row: SponsorPledge, which: Reminder, link: str, *, key: str) -> None:
    """Remind a sponsor of one promise: one tap says that it is done."""
    reader = row.holder
    with as_reader(reader.person):
        words = {"words": row.words, "day": rp.day(row.due_on)}
        subject = {
            Reminder.BEFORE: _("By %(day)s you wanted to: %(words)s"),
            Reminder.DAY: _("Today is the day: %(words)s"),
            Reminder.AFTER: _("Did you do it? %(words)s"),
        }[which] % words
        context = {
            "row": row,
            "which": which.value,
            "facts": _facts(row),
            "action_label": _("Open, and say that it is done"),
            "action_url": link,
            "alternatives": [(_("All my promises"), absolute(reverse("governance:my-pledges")))],
            "fine": _("No sign-in is needed. Words ready to send are on the same page. The link is yours alone."),
        }
        letter = Letter(subject, "governance/pledge_due", context)
        tell(
            person=reader.person, kind="pledge.due", key=key, text=subject, url=row.get_absolute_url(), letter=letter
        )  # fmt: skip


def alert(row: Sponsorship, readers: Iterable[User], *, waiting: int, key: str) -> None:
    """Tell those who run the program, and the head of sales, that a sponsor may be lost."""
    for reader in readers:
        with as_reader(reader.person):
            words = {"name": row.user.name, "part": row.label, "why": str(Cause(row.alert or row.ended_for).label)}
            subject = _("A sponsor may be lost: %(name)s %(why)s (%(part)s)") % words
            facts = [
                (_("Sponsor"), row.user.name),
                (_("What they backed"), row.label),
                (_("Promises still open"), str(waiting)),
                (_("Would follow them"), row.deputy.name if row.deputy else _("nobody was named")),
            ]
            context = {
                "row": row,
                "words": words,
                "waiting": waiting,
                "facts": facts,
                "action_label": _("Find who takes over"),
                "action_url": absolute(row.get_absolute_url()),
            }
            letter = Letter(subject, "governance/sponsor_alert", context)
            tell(
                person=reader.person, kind="sponsor.alert", key=key, text=subject, url=row.get_absolute_url(),
                letter=letter,
            )  # fmt: skip


def handed_over(row: Sponsorship, before: str, rows: list[SponsorPledge], link: str, *, key: str) -> None:
    """Tell the new sponsor what was promised before them; they say yes or no to each."""
    reader = row.user
    with as_reader(reader.person):
        words = {"part": row.label, "name": before}
        subject = _("You take over as a sponsor from %(name)s: %(part)s") % words
        context = {
            "row": row,
            "before": before,
            "rows": rows,
            "action_label": _("Say yes or no to each"),
            "action_url": link,
            "fine": _("No sign-in is needed. Nothing is held against you before you have said yes."),
        }
        letter = Letter(subject, "governance/sponsor_handed", context)
        tell(
            person=reader.person, kind="pledge.handed", key=key, text=subject, url=reverse("governance:my-pledges"),
            letter=letter,
        )  # fmt: skip


def offered(row: SponsorPledge, before: str, link: str, *, key: str) -> None:
    """Ask a sponsor to take over one promise of somebody else."""
    reader = row.holder
    with as_reader(reader.person):
        subject = _("Would you take this over from %(name)s? %(words)s") % {"name": before, "words": row.words}
        context = {
            "row": row,
            "before": before,
            "facts": _facts(row)[1:],
            "action_label": _("Say yes or no"),
            "action_url": link,
        }
        letter = Letter(subject, "governance/pledge_offered", context)
        tell(
            person=reader.person, kind="pledge.handed", key=key, text=subject, url=row.get_absolute_url(),
            letter=letter,
        )  # fmt: skip


def begun(row: Sponsorship, *, key: str) -> None:
    """Tell a sponsor that they are one: a line in the program, no mail."""
    reader = row.user
    with as_reader(reader.person):
        text = _("You back the reference program as a sponsor: %(part)s") % {"part": row.label}
        tell(person=reader.person, kind="sponsor.news", key=key, text=text, url=reverse("governance:my-pledges"))


def released(row: SponsorPledge, *, key: str) -> None:
    """Tell a sponsor that they need not keep a promise: a line in the program, no mail."""
    reader = row.holder
    with as_reader(reader.person):
        text = _("You need not do this any more: %(words)s") % {"words": row.words}
        tell(person=reader.person, kind="sponsor.news", key=key, text=text, url=row.get_absolute_url())


def settled(row: SponsorPledge, readers: Iterable[User], *, missed: bool, key: str) -> None:
    """Tell those who run the program that a promise was missed, or that the new sponsor said no: no mail."""
    for reader in readers:
        with as_reader(reader.person):
            words = {"name": row.holder.name, "words": row.words}
            text = (_("%(name)s missed: %(words)s") if missed else _("%(name)s says no to: %(words)s")) % words
            tell(person=reader.person, kind="sponsor.promises", key=key, text=text, url=row.get_absolute_url())
