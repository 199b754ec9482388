"""The one place that says what a masked customer is called, and who was shown the name.

Who does not look after a customer of a masked tier (its owner, success manager, sponsor, their manager, the overview)
never gets its row: `accounts.selectors.visible_to` leaves it out. Rows of other rooms that name it (a story, an answer,
the prospect of a request) are covered before they are drawn (`cover`, `cover_with_people`) or answered (`marked`). What
may be known is the mask: what kind of company it is. One that would fit fewer than three references says less, until it
fits enough.
"""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, Final

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When
from django.utils.translation import gettext as _

from references.accounts import policy
from references.accounts.enums import POOL
from references.accounts.models import Account
from references.accounts.rules import OVERVIEW
from references.accounts.segment_names import BAND_WORDS
from references.accounts.segments import BANDS
from references.accounts.selectors import hidden_from
from references.accounts.selectors.lists import CappedCount
from refprogram.people.models import User

# What a mask says, from the most to the least; the first that fits enough references is taken.
SAID: Final = (
    ("industry", "band", "region"),
    ("industry", "region"),
    ("industry", "band"),
    ("industry",),
    ("region",),
)
_BAND: Final = Case(
    *(When(employees__lte=band.most, then=Value(band.key)) for band in BANDS if band.most is not None),
    When(employees__isnull=False, then=Value(BANDS[-1].key)),
    default=Value(""),
    output_field=CharField(),
)


def masked_references(user: User) -> QuerySet[Account]:
    """Return the references whose names this colleague does not know."""
    return hidden_from(user).filter(state__in=POOL, merged_into__isnull=True).select_related("region")


def with_masks(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Count beside each account how many references every mask would fit; `mask_of` then says the mask."""
    pool = Account.objects.filter(state__in=POOL, merged_into__isnull=True).annotate(band=_BAND)
    least = policy.now().mask_least
    counts = {
        _key(said): CappedCount(pool.filter(**{name: OuterRef(name) for name in said}), least) for said in SAID
    }  # fmt: skip
    return accounts.select_related("region").annotate(band=_BAND).annotate(**counts)


def mask_of(account: Account) -> str:
    """Return the mask of a row of `with_masks`."""
    row: Any = account
    least = policy.now().mask_least
    said = next((said for said in SAID if getattr(row, _key(said)) >= least), ())
    parts = {
        "industry": account.industry,
        "band": str(BAND_WORDS.get(row.band, "")),
        "region": account.region.name if account.region is not None else "",
    }
    words = [parts[name] for name in said if parts[name]]
    return ", ".join(words if words and words[0] == account.industry else [_("A customer"), *words])


def masks_of(accounts: Iterable[Account]) -> dict[int, str]:
    """Return the mask of each account. One query, whatever their number."""
    rows = with_masks(Account.objects.filter(pk__in={row.pk for row in accounts}))
    return {row.pk: mask_of(row) for row in rows}


def cover(accounts: Iterable[Account], viewer: User) -> set[int]:
    """Put the mask in place of the name of accounts that are about to be shown, where the viewer may not know it.

    Only for rows that are drawn and thrown away: services lock fresh ones. Returns which were covered. At most two
    queries, none for the overview.
    """
    rows = list(accounts)
    if not rows or viewer.role in OVERVIEW:
        return set()
    hidden = hidden_from(viewer).filter(pk__in={row.pk for row in rows})
    masks = {row.pk: mask_of(row) for row in with_masks(hidden)}
    for row in rows:
        row.name = masks.get(row.pk, row.name)
    return set(masks)


def cover_with_people(rows: Iterable[Any], viewer: User) -> set[int]:
    """Cover the accounts of rows that name an account and a person of it; the person has no name then either."""
    found = list(rows)
    hidden = cover((row.account for row in found), viewer)
    for row in found:
        if row.account_id in hidden:
            row.contact.person.name = somebody()
    return hidden


def somebody() -> str:
    """Return what a person of a masked customer is called."""
    return _("somebody there")


def marked(rows: QuerySet[Any, Any], viewer: User) -> QuerySet[Any, Any]:
    """Say of each row whether its account is masked: for the API's answers (`account_ref`, `person_ref`)."""
    return rows.annotate(masked=Exists(hidden_from(viewer).filter(pk=OuterRef("account"))))


def account_ref(row: Any) -> Any:
    """Return the account of a row of `marked` as the API names it."""
    account: Any = row.account
    return SimpleNamespace(public_id=account.public_id, name=_("a masked customer")) if row.masked else account


def person_ref(row: Any) -> Any:
    """Return the contact of a row of `marked` as the API names it."""
    return SimpleNamespace(public_id=row.contact.public_id, name=somebody() if row.masked else row.contact.person.name)


def _key(said: tuple[str, ...]) -> str:
    return f"fits_{'_'.join(said)}"
