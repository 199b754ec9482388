"""The customer reads the draft by signed link, changes what is wrong, and says whether it may go out."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.models import Contact
from references.accounts.services import demand_may_write
from references.content.enums import ASSET_MOVES, AssetState, ReviewAnswer
from references.content.errors import NotReady
from references.content.models import Asset, CustomerReview
from references.content.services.drafting import add_version
from references.content.services.pipeline import missing_for
from references.content.services.rows import LONGEST, NOUN, lock_asset, move, said, tell
from refprogram.kernel import links, moves
from refprogram.kernel.errors import DomainError, LinkRefused
from refprogram.people.models import User

S = AssetState


@dataclass(frozen=True)
class Said:
    """What a customer answers: as it is, with these changes, or not at all."""

    answer: ReviewAnswer
    body: str = ""
    words: str = ""


@transaction.atomic
def ask_customer(*, asset: Asset, contact: Contact, by: User) -> CustomerReview:
    """Send the newest version to a customer's person; the mail with the link follows."""
    contact = demand_may_write(contact=contact)
    row = lock_asset(asset)
    if row.state != S.CUSTOMER_REVIEW:
        moves.check(row, S.CUSTOMER_REVIEW, moves=ASSET_MOVES, noun=NOUN)
        missing = list(missing_for(row, S.CUSTOMER_REVIEW))
        if missing:
            raise NotReady(" ".join(missing))
    version = row.versions.first()
    if version is None:
        raise NotReady(_("Nothing is written yet."))
    if row.reviews.filter(version=version, contact=contact).exists():
        raise DomainError(_("%(name)s has these words already.") % {"name": contact.person.name})
    review = CustomerReview(asset=row, version=version, contact=contact, asked_by=by)
    review.save(force_insert=True)
    if row.state != S.CUSTOMER_REVIEW:
        move(row, S.CUSTOMER_REVIEW, actor=by)
    tell("asset.sent", row, by, contact=contact.pk, review=review.pk, number=version.number)
    return review


@transaction.atomic
def answer_review(*, token: str, said_: Said) -> CustomerReview:
    """The customer answers; changed words become the next version, in their name. Once: the first answer stands.

    Raises LinkRefused if it went back to a draft meanwhile: nothing is needed then.
    """
    link = links.use(token)
    found = CustomerReview.objects.select_related("asset", "contact__person").get(pk=link.subject_id)
    row = lock_asset(found.asset)
    review = CustomerReview.objects.select_for_update(of=("self",)).select_related("contact__person", "version").get(
        pk=found.pk
    )  # fmt: skip
    if review.answered_at is not None:
        return review
    if row.state != S.CUSTOMER_REVIEW:
        raise LinkRefused(_("This draft is being changed once more. You will get the new one; nothing is needed now."))
    person = review.contact.person
    review.words, review.answered_at = said_.words.strip()[:LONGEST], timezone.now()
    review.answer = said_.answer
    if said_.answer == ReviewAnswer.EDITED:
        _take_edit(review, row, said_.body)
    if review.answer == ReviewAnswer.NO:
        said(review.words, "words", _("Tell us in a few words what is wrong, so that we do not ask the same again."))
    review.save(update_fields=["answer", "words", "answered_at"])
    tell("asset.answered", row, person, contact=review.contact_id, review=review.pk, answer=review.answer)
    if review.answer == ReviewAnswer.NO:
        move(row, S.DRAFT, actor=person)
    return review


def _take_edit(review: CustomerReview, row: Asset, body: str) -> None:
    """Keep the customer's own words as the next version; unchanged ones are a plain yes."""
    newest = row.versions.first()
    if newest is not None and newest.pk != review.version_id:
        raise DomainError(_("Somebody at your company changed it meanwhile. Load the page again to see it."))
    version = add_version(row, body, actor=review.contact.person, note=_("Changed by the customer"), by_customer=True)
    if version.pk == review.version_id:
        review.answer = ReviewAnswer.YES
