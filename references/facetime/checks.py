"""What stands against meeting a customer now (`FACE_TIME_CHECKS`). We give and do not ask: caps and rest say nothing.

Why a customer is frozen is read by who may know it; others read that it is so, and who can say more.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.enums import Membership
from references.accounts.models import Account, Contact
from references.accounts.selectors import freezes_known_to
from refprogram.governance.facetime.subjects import About, Objection
from refprogram.kernel.templatetags.rp import day
from refprogram.people.models import Person, User


def objections(about: About, people: Sequence[Person], viewer: User) -> Iterable[Objection]:
    """Yield what stands against inviting these people of a customer. Two queries, and one where it is frozen."""
    if about.account_id is None:
        return
    account = Account.objects.get(pk=about.account_id)
    yield from _of_account(account, viewer)
    contacts = Contact.objects.filter(account=account, person__in=people).select_related("person")
    for contact in contacts.order_by("pk"):
        yield from _of_contact(account, contact)


def _of_account(account: Account, viewer: User) -> Iterator[Objection]:
    words = {"name": account.name}
    if account.state == Membership.DO_NOT_CONTACT:
        yield Objection(_("%(name)s must not be contacted.") % words)
    if account.merged_into_id is not None:
        yield Objection(_("This account was merged into another one. Ask there."))
    if account.frozen:
        yield Objection(_frozen(account, viewer))
    if account.paused_until is not None and account.paused_until > clock.today():
        yield _paused(account.name, account)


def _frozen(account: Account, viewer: User) -> str:
    known = freezes_known_to(viewer).filter(account=account, lifted_at__isnull=True).order_by("-pk").first()
    words = _("%(name)s is frozen: nobody meets them before that is lifted.") % {"name": account.name}
    if known is None:
        return words + " " + _("Whoever looks after them knows why.")
    kind = str(known.get_kind_display()).capitalize()
    return f"{words} {kind}: {known.reason}" if known.reason else f"{words} {kind}."


def _of_contact(account: Account, contact: Contact) -> Iterator[Objection]:
    words = {"name": contact.person.name, "account": account.name}
    if contact.state == Membership.DO_NOT_CONTACT:
        yield Objection(_("%(name)s must not be contacted.") % words)
    if contact.merged_into_id is not None:
        yield Objection(_("%(name)s was merged with another record. Choose that one.") % words)
    if contact.left_company_at is not None:
        yield Objection(_("%(name)s left %(account)s.") % words)
    if contact.paused_until is not None and contact.paused_until > clock.today():
        yield _paused(contact.person.name, contact)


def _paused(name: str, row: Account | Contact) -> Objection:
    facts = {"name": name, "day": day(row.paused_until)}
    return Objection(_("%(name)s asked for a pause until %(day)s.") % facts, final=False)
