"""What this room holds about a person: what they backed, what they promised, what they wrote about it."""

from typing import Any

from refprogram.governance.sponsors.models import PledgeText, SponsorPledge, Sponsorship


def erase_person(person_id: int) -> None:
    """Empty what they wrote: what happened, why they said no, the words they sent. That it was promised stays."""
    theirs = SponsorPledge.objects.filter(sponsorship__user__person=person_id)
    theirs.update(proof="")
    theirs.exclude(state="released").update(because="")
    PledgeText.objects.filter(pledge__sponsorship__user__person=person_id).delete()


def export_person(person_id: int) -> dict[str, Any]:
    """Return what they backed and promised, and the words that went with it."""
    backed = Sponsorship.objects.filter(user__person=person_id).order_by("pk")
    promised = SponsorPledge.objects.filter(sponsorship__user__person=person_id).order_by("pk")
    texts = PledgeText.objects.filter(pledge__sponsorship__user__person=person_id).order_by("pk")
    return {
        "sponsor_of": backed.values("backs", "region__name", "part", "starts_on", "until", "ended_on"),
        "promises": promised.values(
            "kind", "words", "channel", "audience", "due_on", "state", "done_on", "proof", "because"
        ),
        "words_of_promises": texts.values("subject", "text", "at"),
    }
