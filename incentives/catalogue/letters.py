"""What people are written about rewards: who asked, who runs the catalogue, whose points lapse, who may choose."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.catalogue import policy, selectors
from incentives.catalogue.models import Redemption
from incentives.catalogue.notice_kinds import CHOICE, LAPSE, NEWS, QUEUE
from incentives.ledger.models import Wallet
from references.models import Contact
from refprogram.governance.fulfilment.letters import program_of
from refprogram.kernel import links
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import Person

PURPOSE: Final = "reward_choice"
TEMPLATE: Final = "incentives/reward"
Words = Callable[[], tuple[str, str]]  # what is said, and more of it: asked for when it is known who reads


def choice_link(contact: Contact, wallet: Wallet) -> str:
    """Return the address at which a customer's person chooses out of a wallet, without signing in."""
    return links.issue(purpose=PURPOSE, subject=wallet, person_id=contact.person_id, days=policy.CHOICE_LINK_DAYS)


def tell_receiver(row: Redemption, words: Words, *, key: str, mail: bool) -> None:
    """Tell who asked for it, in their language; a customer always by mail, with the link to their rewards."""
    customer = row.contact is not None
    url = "" if customer else row.get_absolute_url()
    letter = None
    with as_reader(row.person):
        text, detail = words()
        if mail or row.contact is not None:
            where = choice_link(row.contact, row.wallet) if row.contact is not None else absolute(url)
            letter = _letter(row.person, text, [detail], _("See it"), where)
        tell(person=row.person, kind=CHOICE if customer else NEWS, key=key, text=text, url=url, letter=letter)


def tell_runners(row: Redemption, words: Words, *, key: str) -> None:
    """Tell who runs the catalogue, each in their language, that somebody has to look at it."""
    url = row.get_absolute_url()
    for user in selectors.runners():
        with as_reader(user.person):
            text, detail = words()
            letter = _letter(user.person, text, [detail], _("Open it"), absolute(url))
            tell(person=user.person, kind=QUEUE, key=key, text=text, url=url, letter=letter)


def warn_of_lapse(person: Person, points: int, on: dt.date, *, key: str) -> None:
    """Say how many points lapse when, and where they can still be spent."""
    url = reverse("incentives:catalogue")
    with as_reader(person):
        text = ngettext("%(n)s point lapses on %(day)s", "%(n)s points lapse on %(day)s", points) % {
            "n": rp.number(points), "day": rp.day(on),
        }  # fmt: skip
        detail = _("Points lapse some time after they were earned, the oldest first. Until then you can spend them.")
        letter = _letter(person, text, [detail], _("Open the catalogue"), absolute(url))
        tell(person=person, kind=LAPSE, key=key, text=text, url=url, letter=letter)


def tell_lapsed(person: Person, points: int, *, key: str) -> None:
    """Say that points lapsed."""
    with as_reader(person):
        text = ngettext("%(n)s point lapsed", "%(n)s points lapsed", points) % {"n": rp.number(points)}
        tell(person=person, kind=LAPSE, key=key, text=text, url=reverse("incentives:rewards"))


def invite_to_choose(contact: Contact, wallet: Wallet, *, key: str) -> None:
    """Write to a customer's person that there is something to choose, and why; no opinion is asked for."""
    with as_reader(contact.person):
        subject = _("Something to thank you with")
        n = wallet.available
        told = ngettext("You have %(n)s point with us.", "You have %(n)s points with us.", n) % {"n": rp.number(n)}
        told = f"{told} " + _("Choose what you would like, or nothing at all.")
        why = _("We thank for time, never for praise: whatever you think or say of us changes nothing here.")
        letter = _letter(contact.person, subject, [told, why], _("Choose"), choice_link(contact, wallet))
        text = _("%(program)s has something for you to choose") % {"program": program_of()}
        tell(person=contact.person, kind=CHOICE, key=key, text=text, letter=letter)


def _letter(person: Person, subject: str, paragraphs: list[str], label: str, url: str) -> Letter:
    context = {
        "lead": _("Dear %(name)s,") % {"name": person.name},
        "paragraphs": [words for words in paragraphs if words],
        "action_label": label,
        "action_url": url,
    }
    return Letter(subject, TEMPLATE, context)
