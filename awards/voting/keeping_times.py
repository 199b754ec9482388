"""How long it is kept who voted. The count stays; what could tell one voter from another goes."""

import datetime as dt
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from awards.voting.enums import VoteState
from awards.voting.models import PublicVote
from awards.voting.policy import FORGET_DAYS, UNCONFIRMED_DAYS
from refprogram.kernel.retention import Policy

FORGOTTEN = "forgotten-"


def forget_voters(rows: list[PublicVote]) -> None:
    """Empty what tells one voter from another; a vote becomes a mark on a list."""
    PublicVote.objects.filter(pk__in=[row.pk for row in rows]).update(
        voter_hash=Concat(Value(FORGOTTEN), F("public_id")), to="", domain="", network_hash="", device_hash=""
    )


def _over(before: dt.datetime) -> Any:
    done = Q(contest__published_at__lt=before) | Q(contest__state="cancelled", contest__announce_at__lt=before)
    return PublicVote.objects.filter(done).exclude(voter_hash__startswith=FORGOTTEN)


POLICIES = [
    Policy(
        "unconfirmed_votes",
        _("Votes whose mail nobody confirmed"),
        UNCONFIRMED_DAYS,
        _("They never counted, and the link is dead."),
        lambda before: PublicVote.objects.filter(state=VoteState.UNVERIFIED, cast_at__lt=before),
    ),
    Policy(
        "voters",
        _("Codes of who voted, networks and browsers"),
        FORGET_DAYS,
        _("So long after the announcement a count can be looked at again; then a vote is a mark on a list."),
        _over,
        forget_voters,
    ),
]
