"""What requests hold about a person: what they asked for, and what they were tried for as a customer."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from references.requests.enums import AGREED_CANDIDATES, OPEN_CANDIDATES, Side
from references.requests.models import Candidate, Feedback, ReferenceRequest
from references.requests.services.proposals import release
from refprogram.kernel.templatetags import rp


def why_not(person_id: int) -> Iterable[str]:
    """Say which agreed calls somebody counts on: they are let go first, so that who waits hears of it."""
    agreed = Candidate.objects.filter(contact__person=person_id, state__in=AGREED_CANDIDATES)
    for candidate in agreed.filter(scheduled_at__gt=timezone.now()).select_related("request"):
        words = _("They have agreed to a call on %(day)s for %(purpose)s. Release them from that request first.")
        yield words % {"day": rp.day(candidate.scheduled_at), "purpose": candidate.request.purpose}


def erase_person(person_id: int) -> None:
    """Let go of what they are asked for now; empty their words. That it was asked, given and rated stays."""
    tried = Candidate.objects.filter(contact__person=person_id)
    for candidate in tried.filter(state__in=OPEN_CANDIDATES):
        release(candidate=candidate, actor=None)
    tried.update(reason="", offered_times=[], promised="", thanks="")
    Candidate.objects.filter(approver__person=person_id).update(reason="")
    ReferenceRequest.objects.filter(requester__person=person_id).update(topics="", question="", answer="", reason="")
    spoken = Q(side=Side.CUSTOMER, candidate__contact__person=person_id)
    asked = Q(candidate__request__requester__person=person_id) & ~Q(side=Side.CUSTOMER)
    Feedback.objects.filter(spoken | asked).update(comment="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return what a person asked for, was tried for, and said of it afterwards."""
    asked = ReferenceRequest.objects.filter(requester__person=person_id).order_by("pk")
    tried = Candidate.objects.filter(contact__person=person_id).order_by("pk")
    spoken = Q(side=Side.CUSTOMER, candidate__contact__person=person_id)
    own = Q(candidate__request__requester__person=person_id) & ~Q(side=Side.CUSTOMER)
    return {
        "requests": asked.values("purpose", "activity__name", "needed_by", "topics", "answer", "state", "submitted_at"),
        "asked_to_speak": tried.values(
            *("request__activity__name", "state", "reason", "offered_times", "scheduled_at", "answered_at"),
            *("promised", "thanks"),
        ),
        "feedback": Feedback.objects.filter(spoken | own).values("side", "rating", "again", "comment", "created_at"),
    }
