"""What judging holds about a person: their appointments, what they wrote on ballots, ties they named."""

from typing import Any

from awards.judging.services import withdraw_links
from awards.models import Assignment, Ballot, Conflict, GlassBroken, Judge, Score


def erase_person(person_id: int) -> None:
    """Empty their words about themselves and their private notes, and shut their links. Figures stay: results rest

    on them, and they stand there by number.
    """
    mine = Judge.objects.filter(person=person_id)
    for judge in mine:
        withdraw_links(judge)
    mine.update(bio="", organisation="", suggests="", reason="", ties=[], public=False)
    Ballot.objects.filter(assignment__judge__person=person_id).update(private_note="", session="")
    Assignment.objects.filter(judge__person=person_id).update(reason="")
    Conflict.objects.filter(judge__person=person_id).exclude(reason="").update(reason="–")
    GlassBroken.objects.filter(user__person=person_id).update(reason="–")


def export_person(person_id: int) -> dict[str, Any]:
    """Return their appointments, their ballots with scores, and the ties that are kept of them."""
    judges = Judge.objects.filter(person=person_id).order_by("pk")
    ballots = Ballot.objects.filter(assignment__judge__person=person_id).order_by("pk")
    scores = Score.objects.filter(ballot__assignment__judge__person=person_id).order_by("pk")
    ties = Conflict.objects.filter(judge__person=person_id).order_by("pk")
    broken = GlassBroken.objects.filter(user__person=person_id).order_by("pk")
    return {
        "judging": judges.values(
            "contest__name", "kind", "state", "bio", "organisation", "load_cap", "ties", "nda_at", "invited_at"
        ),
        "ballots": ballots.values(
            "assignment__place__entry__code", "version", "state", "total", "rank", "comment", "private_note",
            "submitted_at", "active_seconds",
        ),
        "scores": scores.values("ballot__assignment__place__entry__code", "criterion__name", "value", "na", "comment"),
        "opened_in_spite_of_a_tie": broken.values("category__name", "reason", "at", "ends_at"),
        "judging_ties": ties.values("entry__code", "kind", "source", "status", "reason"),
    }  # fmt: skip
