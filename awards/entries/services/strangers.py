"""Entering without an account and without an invitation: name, mail, company; a mailed link; then the draft begins.

Until the link is followed nothing of them is kept but the person who is to get the mail: what they typed travels in
the link, signed. Whoever asks learns nothing of whom we know.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.models import Contest
from awards.contests.services import can_take_entries
from awards.entries import letters, policy
from awards.entries.models import ContestEntry
from awards.entries.services.beginning import begin
from awards.entries.services.identifying import account_for
from awards.entries.services.locks import is_internal, wrong
from awards.entries.services.writing import person_by_mail
from references.accounts.services import add_contact
from refprogram.kernel import soft_cache
from refprogram.kernel.errors import DomainError, LinkRefused

SALT: Final = "awards.enter"
HOUR: Final = 3600
PER_HOUSE: Final = 20  # a whole company may come from one address


@dataclass(frozen=True)
class Wish:
    """What somebody wrote on the public page."""

    name: str
    email: str
    company: str


@transaction.atomic
def ask_for_link(*, contest: Contest, wish: Wish, asked_from: str) -> None:
    """Mail somebody the link with which they begin their entry. The same answer whoever asks."""
    _demand_open(contest)
    if not wish.company.strip():
        raise wrong(_("Say which company enters."), "company")
    most = policy.now().begin_per_hour
    for who, times in ((wish.email.strip().lower(), most), (f"from:{asked_from}", most * PER_HOUSE)):
        if soft_cache.count(f"enter:{who}", seconds=HOUR) > times:
            raise DomainError(_("A link was sent several times just now. Look into your mail, or try in an hour."))
    person = person_by_mail(wish.name, wish.email)
    letters.send_begin_link(contest, person, address(contest, wish))


def address(contest: Contest, wish: Wish) -> str:
    """Return the signed address at which the draft begins."""
    said = signing.dumps([wish.name[:120], wish.email.strip().lower()[:254], wish.company[:200]], salt=SALT)
    return f"{settings.BASE_URL}{reverse('awards:enter-by-mail', args=[contest.slug, said])}"


def read(said: str) -> Wish:
    """Return what a signed address says. Raises LinkRefused."""
    try:
        found: Any = signing.loads(said, salt=SALT, max_age=policy.now().begin_hours * HOUR)
    except signing.SignatureExpired as error:
        raise LinkRefused(_("This link has expired. Ask for a new one on the contest’s page.")) from error
    except signing.BadSignature as error:
        raise LinkRefused(_("We do not know this link. Please open it again from the mail, whole.")) from error
    return Wish(*[str(one) for one in found])


@transaction.atomic
def begin_by_mail(*, contest: Contest, said: str) -> ContestEntry:
    """Begin the entry of who followed the mailed link, for their company or, if we know one of its name, beside it."""
    wish = read(said)
    _demand_open(contest)
    contest = Contest.objects.select_for_update().get(pk=contest.pk)  # pressed twice at once is one company
    person = person_by_mail(wish.name, wish.email)
    account, customer = account_for(wish.company, person)
    contact = add_contact(account=account, name=person.name, email=wish.email, actor=person)
    entry = begin(contest=contest, owner=contact.person, account=account, contact=contact, actor=person)
    if customer is not None and entry.says_it_is_id is None:
        entry.says_it_is = customer
        entry.save(update_fields=["says_it_is"])
    return entry


def _demand_open(contest: Contest) -> None:
    if is_internal(contest):
        raise DomainError(_("This contest is for our own teams."))
    if not can_take_entries(contest, at=timezone.now()):
        raise DomainError(_("This contest takes no entries now."))
