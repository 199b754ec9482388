"""An address at which anybody can check that a consent holds today, without learning more than that."""

from django.db import transaction

from references.accounts.models import Consent
from references.consents import policy
from refprogram.kernel import links


@transaction.atomic
def verify_address(*, consent: Consent) -> str:
    """Return a new address for checking a consent. Earlier ones stay good: they stand in documents of others."""
    return links.issue(purpose="consent_verify", subject=consent, person_id=None, days=policy.LINK_DAYS)
