"""What follows when winners are announced, and when words are proposed to one. Each is safe to run twice."""

from awards.contests import selectors as contests
from awards.promotion import letters, services
from awards.promotion.addresses import PURPOSE
from awards.promotion.models import WinnerQuote
from refprogram.kernel import links
from refprogram.kernel.models import Event
from refprogram.kernel.stream import Subject


def send_kits(event: Event) -> None:
    """The winners are announced: each gets the link to what they may use."""
    services.send_kits(contests.by_id(event.subject_id))


def ask_for_words(event: Event) -> None:
    """Words were proposed: the winner is asked, unless they have answered meanwhile."""
    rows = WinnerQuote.objects.filter(award=event.subject_id, released_at__isnull=True, proposed_by__isnull=False)
    for quote in rows.select_related("award__contest", "award__place__entry__owner", "proposed_by__person"):
        owner = quote.award.place.entry.owner
        if owner is not None and owner.erased_at is None:
            letters.please_release(quote, quote.award, owner)


def shut_kit(event: Event) -> None:
    """An award was taken back: its winner's page is shut."""
    links.withdraw(subject=Subject("award", event.subject_id), purpose=PURPOSE)
