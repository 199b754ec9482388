"""Counting every kept column anew, because the figures that they follow from change."""

from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from references.accounts import kept, policy
from references.accounts.kept import COLUMNS, CONTACT_COLUMNS
from references.accounts.models import Account, Ask, Contact
from refprogram.kernel.jobs import Progress
from refprogram.kernel.models import Job
from refprogram.kernel.program_settings import services

CHUNK: Final = 1000


def recount_rests(job: Job, progress: Progress) -> dict[str, Any]:
    """Recount fatigue and rest by new figures, then let the figures be in force: one transaction, all or nothing.

    Who moves an ask meanwhile waits for it, and counts by the new figures; who reads sees the old until the end.
    """
    figures = services.candidate(job)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE references_account IN EXCLUSIVE MODE")
    changed = recount_all(figures, progress)
    services.put(job=job)
    return {"accounts": changed}


def recount_all(figures: policy.Figures, progress: Progress) -> int:
    """Recount this room's columns and those of others that follow from the same figures; return how many changed."""
    changed = recount(figures, progress)
    for path in settings.RECOUNTS:
        import_string(path)(figures)
    return changed


@transaction.atomic
def recount(figures: policy.Figures, progress: Progress) -> int:
    """Write what the rows say by these figures; return how many accounts that changed."""
    ids = list(Ask.objects.order_by("account_id").values_list("account_id", flat=True).distinct())
    changed = 0
    for start in range(0, len(ids), CHUNK):
        changed += _chunk(ids[start : start + CHUNK], figures)
        progress(min(start + CHUNK, len(ids)), len(ids), "")
    return changed


def _chunk(ids: list[int], figures: policy.Figures) -> int:
    facts, now = kept.facts_of(ids), timezone.now()
    accounts, contacts = [], []
    for account in Account.objects.filter(pk__in=ids):
        said, by_contact = kept.count(facts[account.pk], at=now, figures=figures)
        contacts += [one for one in facts[account.pk].contacts if kept.put(one, by_contact[one.pk])]
        if _set(account, said):
            accounts.append(account)
    Account.objects.bulk_update(accounts, COLUMNS, batch_size=CHUNK)
    Contact.objects.bulk_update(contacts, CONTACT_COLUMNS, batch_size=CHUNK)
    return len(accounts)


def _set(account: Account, said: kept.Kept) -> bool:
    before = {name: getattr(account, name) for name in COLUMNS}
    for name in COLUMNS:
        setattr(account, name, getattr(said, name))
    return before != {name: getattr(account, name) for name in COLUMNS}
