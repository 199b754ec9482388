"""What the verbs of this room share: locks and moves."""

from django.db import connection

from incentives.activity.models import ActivityProof, Presentation, WeekReward


def enter(what: str) -> None:
    """Let two workers that count the same wait for each other, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"activity:{what}"])


def lock_reward(key: int) -> WeekReward:
    """Return a week's reward, locked."""
    rows = WeekReward.objects.select_for_update(of=("self",)).select_related("user__person", "user__team")
    return rows.get(pk=key)


def lock_proof(proof: ActivityProof) -> ActivityProof:
    """Return a proof, locked after its week: whoever settles a week takes both in this order."""
    lock_reward(proof.reward_id)
    rows = ActivityProof.objects.select_for_update(of=("self",))
    return rows.select_related("reward__user__person", "reward__user__team", "activity").get(pk=proof.pk)


def lock_presentation(presentation: Presentation) -> Presentation:
    """Return a presentation, locked."""
    rows = Presentation.objects.select_for_update(of=("self",))
    return rows.select_related("user__person", "user__team", "executive__person", "case__task", "case__policy").get(
        pk=presentation.pk
    )
