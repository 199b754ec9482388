"""What recognition holds about a person: thanks, letters, what they chose."""

from typing import Any

from django.db.models import Q

from incentives.recognition.models import FeedPost, Letter, RecognitionChoice, Thanks

GONE = "…"


def erase_person(person_id: int) -> None:
    """Empty what was said by and to them; that somebody was thanked stays, of "someone"."""
    Thanks.objects.filter(Q(giver=person_id) | Q(receiver=person_id)).update(words="")
    mine = Letter.objects.filter(Q(about=person_id) | Q(writer__person=person_id))
    mine.update(subject=GONE, body=GONE, facts=[])
    FeedPost.objects.filter(Q(person=person_id) | Q(actor=person_id)).delete()
    RecognitionChoice.objects.filter(person=person_id).delete()


def export_person(person_id: int) -> dict[str, Any]:
    """Return the thanks and letters of a person, given and got, and where they would rather not stand."""
    said = ("words", "given_at", "taken_back_at")
    letter = ("subject", "body", "state", "sent_at")
    return {
        "thanks_given": Thanks.objects.filter(giver=person_id).order_by("pk").values("receiver__name", *said),
        "thanks_received": Thanks.objects.filter(receiver=person_id).order_by("pk").values("giver__name", *said),
        "letters_got": Letter.objects.filter(about=person_id, state="sent").order_by("pk").values(*letter),
        "letters_written": Letter.objects.filter(writer__person=person_id).order_by("pk").values(*letter),
        "recognition": RecognitionChoice.objects.filter(person=person_id).values("in_ranks", "in_feed"),
    }
