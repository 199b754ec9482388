"""The address at which one person reads the feedback on their entry: derived, so that each mail names the same one."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from awards.models import ContestEntry
from refprogram.kernel import links
from refprogram.kernel.errors import LinkRefused
from refprogram.kernel.models import SignedLink

PURPOSE = "entry_feedback"


@transaction.atomic
def address_of(entry: ContestEntry) -> str:
    """Return where the entry's owner reads what judges said; anew after it was withdrawn or ended."""
    ContestEntry.objects.select_for_update().get(pk=entry.pk)  # asked for twice at once is still one link
    token = _token(entry)
    try:
        links.find(token)
    except LinkRefused:
        return links.issue(purpose=PURPOSE, subject=entry, person_id=entry.owner_id, token=token)
    return links.address(token)


def known_address(entry: ContestEntry) -> str:
    """Return the same, if it was made before; empty else. For pages, which make nothing."""
    token = _token(entry)
    try:
        links.check(links.find(token))
    except LinkRefused:
        return ""
    return links.address(token)


def _token(entry: ContestEntry) -> str:
    mine = SignedLink.objects.filter(
        purpose=PURPOSE, subject_type="contestentry", subject_id=entry.pk, person_id=entry.owner_id
    )
    over = mine.filter(revoked_at__isnull=False) | mine.filter(expires_at__lte=timezone.now())
    seed = f"{entry.public_id}:{entry.owner_id}:{over.count()}"
    return salted_hmac(PURPOSE, seed, algorithm="sha256").hexdigest()[:48]
