"""What winners, hosts and who runs the contest are written about prizes. Winners get one link for all of an award's."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.models import Award
from awards.prizes import selectors
from awards.prizes.models import PrizeGrant
from awards.prizes.notice_kinds import HOST, NEWS, OFFER
from refprogram.kernel import links
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import Person, User

PURPOSE: Final = "prize"
TEMPLATE: Final = "awards/prize"


def link_to(award: Award, person: Person) -> str:
    """Return the address at which a winner chooses, and sees how far it is."""
    return links.issue(purpose=PURPOSE, subject=award, person_id=person.pk)


def offer(award: Award, rows: list[PrizeGrant], *, key: str) -> None:
    """Ask the winner what they would like: all prizes of an award in one mail."""
    person = award.place.entry.owner
    if person is None or not rows:
        return
    with as_reader(person):
        subject = ngettext("Your prize of %(contest)s", "Your prizes of %(contest)s", len(rows)) % {
            "contest": award.contest.name
        }
        told = _("You won: %(items)s.") % {"items": "; ".join(row.item for row in rows)}
        ask = _("Tell us in a minute what we need to know. If your house’s rules stand in the way, or you would rather "
                "give it to a good cause, the same page takes that too.")  # fmt: skip
        _write(person, award, subject, [told, ask], key=key, label=_("Choose"))


def remind(row: PrizeGrant, *, key: str) -> None:
    """Ask once more."""
    person = row.award.place.entry.owner
    if person is None:
        return
    with as_reader(person):
        subject = _("Still yours: %(item)s") % {"item": row.item}
        told = _("You have not said yet whether you would like it. It takes a minute, and “no” is a fine answer.")
        _write(person, row.award, subject, [told], key=key, label=_("Choose"))


def arranged(row: PrizeGrant, *, key: str) -> None:
    """Tell the winner what was agreed."""
    person = row.award.place.entry.owner
    if person is None:
        return
    with as_reader(person):
        subject = _("Arranged: %(item)s") % {"item": row.item}
        _write(person, row.award, subject, [row.note], key=key, label=_("See it"), facts=_facts(row))


def called_off(row: PrizeGrant, *, key: str) -> None:
    """Tell the winner that a prize is not given; without the reason, which is ours."""
    person = row.award.place.entry.owner
    if person is None:
        return
    with as_reader(person):
        subject = _("About your prize: %(item)s") % {"item": row.item}
        told = _("It cannot be given as we said. %(name)s writes to you, or answers when you write.") % {
            "name": row.award.contest.owner.name
        }
        _write(person, row.award, subject, [told], key=key, label=_("See it"))


def _write(
    person: Person,
    award: Award,
    subject: str,
    paragraphs: list[str],
    *,
    key: str,
    label: str,
    facts: list[tuple[str, str]] | None = None,
) -> None:
    context = {
        "lead": _("Dear %(name)s,") % {"name": person.name}, "paragraphs": [words for words in paragraphs if words],
        "facts": facts or [], "action_label": label, "action_url": link_to(award, person),
    }  # fmt: skip
    letter = Letter(subject=subject, template=TEMPLATE, context=context)
    tell(person=person, kind=OFFER, key=key, text=subject, letter=letter)


def _facts(row: PrizeGrant) -> list[tuple[str, str]]:
    said = [
        (_("Day"), str(rp.day(row.on)) if row.on else ""),
        (_("Where"), row.where),
        (_("With"), row.host.name if row.host is not None else ""),
    ]
    return [(name, value) for name, value in said if value]


def tell_host(row: PrizeGrant, host: User, *, key: str) -> None:
    """Tell the host of a dinner or a guest of honour: whom, when, where."""
    url = reverse("awards:contest", args=[row.award.contest.slug])
    with as_reader(host.person):
        whom = selectors.facts_of(row)
        text = _("You host: %(item)s, for %(name)s of %(whom)s") % {
            "item": row.item, "name": whom["person"], "whom": whom["whom"],
        }  # fmt: skip
        context = {
            "lead": _("Dear %(name)s,") % {"name": host.name}, "paragraphs": [text, row.note], "facts": _facts(row),
            "action_label": _("Open the contest"), "action_url": absolute(url),
        }  # fmt: skip
        tell(person=host.person, kind=HOST, key=key, text=text, url=url, letter=Letter(text, TEMPLATE, context))


def tell_managers(row: PrizeGrant, text: str, *, key: str, mail: bool = False, more: str = "") -> None:
    """Tell who runs the contest; by mail only where they have to do something, with what that is."""
    url = row.get_absolute_url()
    for user in selectors.managers_of(row.award.contest):
        letter = None
        if mail:
            context = {
                "lead": _("Dear %(name)s,") % {"name": user.name}, "paragraphs": [text, row.blocked, more],
                "action_label": _("Open the prize"), "action_url": absolute(url),
            }  # fmt: skip
            letter = Letter(text, TEMPLATE, context)
        tell(person=user.person, kind=NEWS, key=key, text=text, url=url, letter=letter)
