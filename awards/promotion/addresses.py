"""The address of a winner's kit: derived, so that each mail names the same one, and only its hash is kept."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from awards.models import Award
from refprogram.kernel import links
from refprogram.kernel.errors import LinkRefused
from refprogram.kernel.models import SignedLink
from refprogram.people.models import Person

PURPOSE = "winner_kit"


@transaction.atomic
def address_of(award: Award, person: Person) -> str:
    """Return where a winner takes what they may use; anew after it was withdrawn or ended."""
    Award.objects.select_for_update().get(pk=award.pk)  # asked for twice at once is still one link
    token = _token(award, person)
    try:
        links.find(token)
    except LinkRefused:
        return links.issue(purpose=PURPOSE, subject=award, person_id=person.pk, token=token)
    return links.address(token)


def known_address(award: Award, person: Person) -> str:
    """Return the same, if it was made before; empty else. For pages, which make nothing."""
    token = _token(award, person)
    try:
        links.find(token)
    except LinkRefused:
        return ""
    return links.address(token)


def _token(award: Award, person: Person) -> str:
    mine = SignedLink.objects.filter(purpose=PURPOSE, subject_type="award", subject_id=award.pk, person_id=person.pk)
    over = mine.filter(revoked_at__isnull=False) | mine.filter(expires_at__lte=timezone.now())
    seed = f"{award.public_id}:{person.pk}:{over.count()}"
    return salted_hmac(PURPOSE, seed, algorithm="sha256").hexdigest()[:48]
