"""Letters of thanks: one text for each circle, changed by people until they are sent, then sent once to each person."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.closing.drafts import drafts_of
from awards.closing.enums import Circle
from awards.closing.models import Closing
from awards.closing.services.rows import lock_closing, lock_kit
from awards.models import Contest, WinnerKit
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stream import emit
from refprogram.people.models import User

LONGEST = 6000


def texts_of(contest: Contest, closing: Closing | None, kit: WinnerKit | None) -> dict[Circle, str]:
    """Return the letter of each circle: as people wrote it, or the draft where nobody has."""
    written = {
        Circle.ENTRANTS: kit.thanks if kit is not None else "",
        Circle.JUDGES: closing.to_judges if closing is not None else "",
        Circle.HELPERS: closing.to_helpers if closing is not None else "",
        Circle.NOMINATORS: closing.to_nominators if closing is not None else "",
    }
    if all(written.values()):
        return written
    drafts = drafts_of(contest)
    return {circle: written[circle] or drafts[circle] for circle in Circle}


@transaction.atomic
def save_letters(*, contest: Contest, texts: Mapping[Circle, str], by: User) -> Closing:
    """Keep what the letters say; an empty one is the draft again. Refused once they were sent."""
    closing = lock_closing(contest)
    kit = lock_kit(closing.contest)
    if kit.thanked_at is not None:
        raise DomainError(_("The letters were sent. Nothing of them is changed any more."))
    _keep(closing, kit, texts)
    return closing


def _keep(closing: Closing, kit: WinnerKit, texts: Mapping[Circle, str]) -> None:
    clean = {circle: words.replace("\r\n", "\n").strip()[:LONGEST] for circle, words in texts.items()}
    kit.thanks = clean[Circle.ENTRANTS]
    kit.save(update_fields=["thanks", "updated_at"])
    closing.to_judges, closing.to_helpers = clean[Circle.JUDGES], clean[Circle.HELPERS]
    closing.to_nominators = clean[Circle.NOMINATORS]
    closing.save(update_fields=["to_judges", "to_helpers", "to_nominators", "updated_at"])


@transaction.atomic
def send_thanks(*, contest: Contest, people: int, by: User, texts: Mapping[Circle, str] | None = None) -> Closing:
    """Send them, as they stand or in these words, and keep what was sent. Twice is once; each person gets one letter.

    `people`: how many it reaches, as whoever sends them was shown.
    """
    closing = lock_closing(contest)
    kit = lock_kit(closing.contest)
    if kit.thanked_at is not None:
        return closing
    if texts is not None:
        _keep(closing, kit, texts)
    _keep(closing, kit, texts_of(closing.contest, closing, kit))
    kit.thanked_at = timezone.now()
    kit.save(update_fields=["thanked_at", "updated_at"])
    emit("thanks.sent", subject=closing.contest, actor_id=by.person_id, payload={"people": people})
    return closing
