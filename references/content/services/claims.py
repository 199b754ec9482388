"""Sentences that somebody could ask to have proved, and who checked them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.content.models import Asset, Claim
from references.content.services.rows import lock_asset, said, tell
from references.profiles.models import Outcome
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.people.models import User


@transaction.atomic
def add_claim(*, asset: Asset, text: str, by: User, outcome: Outcome | None = None, evidence: str = "") -> Claim:
    """Note a sentence of the asset with the outcome or the evidence that it rests on."""
    row = lock_asset(asset)
    words = said(text, "text", _("Write the sentence as it stands in the story."), 300)
    if outcome is not None and outcome.account_id != row.account_id:
        raise DomainError(_("This outcome is another customer’s."))
    claim = Claim(asset=row, text=words, outcome=outcome, evidence=evidence.strip()[:300], written_by=by)
    claim.save(force_insert=True)
    tell("asset.changed", row, by, fields=["claims"])
    return claim


@transaction.atomic
def check_claim(*, claim: Claim, by: User) -> Claim:
    """Say that a claim is true, having looked at its evidence: somebody else than who wrote it."""
    row = lock_asset(claim.asset)
    claim = Claim.objects.select_for_update(of=("self",)).select_related("outcome").get(pk=claim.pk)
    if claim.written_by_id == by.pk:
        raise NotAllowed(_("You wrote it: somebody else has to check it."))
    if not claim.evidence and claim.outcome is None:
        raise DomainError(_("There is no evidence to look at yet."))
    if claim.checked_at is None:
        claim.checked_by, claim.checked_at = by, timezone.now()
        claim.save(update_fields=["checked_by", "checked_at"])
        tell("claim.checked", row, by, claim=claim.pk)
    return claim


@transaction.atomic
def remove_claim(*, claim: Claim, by: User) -> Asset:
    """Take a sentence out of the table, because it is not claimed any more."""
    row = lock_asset(claim.asset)
    claim.delete()
    tell("asset.changed", row, by, fields=["claims"])
    return row


def is_proved(claim: Claim) -> bool:
    """Whether a claim rests on a verified outcome, or was checked by somebody other than its author."""
    if claim.outcome is not None and claim.outcome.verified_at is not None:
        return True
    return bool(claim.evidence) and claim.checked_by_id is not None and claim.checked_by_id != claim.written_by_id
