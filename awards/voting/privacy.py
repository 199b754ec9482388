"""What votes hold about a person: found by the code of their address, in each contest that still keeps codes."""

from typing import Any

from django.db.models import Q

from awards.models import Contest
from awards.voting.keeping_times import forget_voters
from awards.voting.keys import voter_of
from awards.voting.models import PublicVote
from refprogram.people.models import Person


def _votes_of(person_id: int) -> Any:
    """Return the votes that were cast with their address. None of them names it: it is tried in every contest."""
    email = Person.objects.filter(pk=person_id).values_list("email", flat=True).first()
    if not email:
        return PublicVote.objects.none()
    found = Q(pk__in=[])
    for contest in Contest.objects.filter(people_choice=True).order_by("pk"):
        found |= Q(contest=contest, voter_hash=voter_of(contest, email))
    return PublicVote.objects.filter(found).order_by("pk")


def erase_person(person_id: int) -> None:
    """Forget who voted; the vote itself is nobody’s then, and stays counted."""
    forget_voters(list(_votes_of(person_id)))


def export_person(person_id: int) -> dict[str, Any]:
    """Return the votes that were cast with their address."""
    votes = _votes_of(person_id)
    return {"public_votes": votes.values("contest__name", "entry__title", "state", "cast_at", "confirmed_at", "domain")}
