"""Whose entry it is, when a stranger typed the name of a customer we know: nobody is taken at their word.

Who has proved a mailbox that we know at that customer enters for it. Anybody else gets a record of their own, beside
the customer, and the entry notes whom it may be: a screener says so, and only then they become one.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from awards.entries.models import ContestEntry
from awards.entries.services.locks import demand_no_part, lock_entry, tell_stream
from references.accounts.names import match_key
from references.accounts.services import open_account
from references.accounts.services.records import twin_of
from references.merging.services import merge_accounts
from references.models import Account
from refprogram.kernel.errors import DomainError
from refprogram.people.models import Person, User

ORIGIN = "contest"


def account_for(company: str, person: Person) -> tuple[Account, Account | None]:
    """Return for which account somebody enters who typed a company's name, and whom it may be of those we know."""
    here = Q(contacts__person=person, contacts__left_company_at__isnull=True, contacts__merged_into__isnull=True)
    theirs = Account.objects.filter(here, match_key=match_key(company), merged_into__isnull=True)
    known = theirs.order_by("pk").first()
    if known is not None:
        earlier = ContestEntry.objects.filter(account=known, says_it_is__isnull=False).order_by("pk").first()
        return known, earlier.says_it_is if earlier is not None else None
    twin = twin_of(company)
    return open_account(name=company, actor=person, origin=ORIGIN, twin_ok=twin is not None), twin


def claimed(entry: ContestEntry) -> Account | None:
    """Return the customer that an entry may be of, until somebody said so; the one it became if it was merged."""
    account = entry.says_it_is
    while account is not None and account.merged_into is not None:
        account = account.merged_into
    return account if account is not None and account.pk != entry.account_id else None


def demand_known(entry: ContestEntry) -> None:
    """Raise DomainError as long as nobody has said whose entry it is."""
    customer = claimed(entry)
    if customer is not None:
        raise DomainError(_("Say first whether this is %(name)s, whom we know.") % {"name": customer.name})


@transaction.atomic
def say_it_is_them(*, entry: ContestEntry, by: User) -> ContestEntry:
    """The stranger is of the customer we know: their record becomes one with it, and can be taken apart again."""
    row, customer = _asked(entry, by)
    if customer is None or row.account is None:
        return row
    merge_accounts(kept=customer, merged=row.account, actor=by)
    return _answered(row, by, them=True)


@transaction.atomic
def say_it_is_another(*, entry: ContestEntry, by: User) -> ContestEntry:
    """It is another company of the same name: it keeps a record of its own."""
    row, customer = _asked(entry, by)
    return row if customer is None else _answered(row, by, them=False)


def _asked(entry: ContestEntry, by: User) -> tuple[ContestEntry, Account | None]:
    row = lock_entry(entry.pk)
    demand_no_part(row, by)
    return row, claimed(row)


def _answered(row: ContestEntry, by: User, *, them: bool) -> ContestEntry:
    """Note the answer on every entry of the same record: the question is not asked twice."""
    same = ContestEntry.objects.select_for_update().filter(account=row.account_id, says_it_is__isnull=False)
    for one in same.order_by("pk"):
        one.says_it_is = None
        one.save(update_fields=["says_it_is"])
    row.says_it_is = None
    tell_stream("entry.identified", row, by, them=them)
    return row
