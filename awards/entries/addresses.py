"""The address of an entry for one person: derived, so that each mail names the same one, and only its hash is kept."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from awards.entries.models import ContestEntry
from refprogram.kernel import links
from refprogram.kernel.errors import LinkRefused
from refprogram.kernel.models import SignedLink
from refprogram.people.models import Person

PURPOSE = "entry"


@transaction.atomic
def address_of(entry: ContestEntry, person: Person) -> str:
    """Return where this person writes, reads or approves the entry; anew after it was withdrawn or ended."""
    ContestEntry.objects.select_for_update().get(pk=entry.pk)  # asked for twice at once is still one link
    token = _token(entry, person)
    try:
        links.find(token)
    except LinkRefused:
        return links.issue(purpose=PURPOSE, subject=entry, person_id=person.pk, token=token)
    return links.address(token)


def known_address(entry: ContestEntry, person: Person) -> str:
    """Return the same, if it was made before; empty else. For pages, which make nothing."""
    token = _token(entry, person)
    try:
        links.find(token)
    except LinkRefused:
        return ""
    return links.address(token)


def _token(entry: ContestEntry, person: Person) -> str:
    mine = SignedLink.objects.filter(
        purpose=PURPOSE, subject_type="contestentry", subject_id=entry.pk, person_id=person.pk
    )
    over = mine.filter(revoked_at__isnull=False) | mine.filter(expires_at__lte=timezone.now())
    seed = f"{entry.public_id}:{person.pk}:{over.count()}"
    return salted_hmac(PURPOSE, seed, algorithm="sha256").hexdigest()[:48]
