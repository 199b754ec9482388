"""One colleague's word on many customers in one go: still happy, leave them alone, or somebody left the company."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from references.accounts.enums import Word
from references.accounts.models import Account, Contact
from references.accounts.services.checks import confirm_still_true, deny_still_true
from references.accounts.services.membership import contact_left
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.models import User

CONFIRM = "references.confirm_account"


@dataclass(frozen=True)
class Attest:
    """What somebody says of one account; `left` names the person who left."""

    account: Account
    word: str
    reason: str = ""
    left: str = ""


@dataclass(frozen=True)
class Attested:
    """How many were confirmed, are left alone now, and how many people left."""

    confirmed: int
    frozen: int
    left: int


@transaction.atomic
def attest(*, words: Iterable[Attest], actor: User) -> Attested:
    """Keep all these words or none; in the order of the accounts, so that two who do this at once only wait."""
    counted = dict.fromkeys(Word.values, 0)
    for said in sorted(words, key=lambda one: one.account.pk):
        if not actor.has_perm(CONFIRM, said.account):
            raise NotAllowed(_("%(name)s is not yours to vouch for.") % {"name": said.account.name})
        if said.word not in Word.values:
            raise InvalidInput(_("Choose one of the answers."))
        _keep(said, actor)
        counted[said.word] += 1
    return Attested(counted[Word.TRUE], counted[Word.NOT], counted[Word.LEFT])


def _keep(said: Attest, actor: User) -> None:
    if said.word == Word.TRUE:
        confirm_still_true(account=said.account, actor=actor)
    elif said.word == Word.NOT:
        deny_still_true(account=said.account, reason=said.reason.strip()[:2000], actor=actor)
    else:
        contact = Contact.objects.filter(account=said.account, public_id=said.left).first()
        if contact is None:
            message = _("Who of %(name)s left the company?") % {"name": said.account.name}
            raise InvalidInput(message, errors={f"left-{said.account.public_id}": message})
        contact_left(contact=contact, actor=actor)
