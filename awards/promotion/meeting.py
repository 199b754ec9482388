"""Winners and executives: for whom an hour can be asked (`FACE_TIME_SUBJECTS`), what the winner's page shows of it."""

from typing import Any

from django.utils.translation import gettext as _

from awards.models import Award
from awards.promotion.selectors import winners_for
from awards.promotion.shown import winner
from refprogram.governance.facetime.enums import Circle, TalkState
from refprogram.governance.facetime.selectors import of_subject
from refprogram.governance.facetime.subjects import About, Candidate
from refprogram.kernel.addresses import address
from refprogram.people.models import User


def subject(user: User, public_id: str) -> About | None:
    """A winner, if the reader may read of them here: whoever stands for the entry is whom one invites."""
    row = Award.objects.filter(public_id=public_id).select_related("contest").first()
    if row is None:
        return None
    found = next((one for one in winners_for(user, row.contest) if one.pk == row.pk), None)
    if found is None:
        return None
    entry = found.place.entry
    people = (Candidate(entry.owner, entry.owner.title),) if entry.owner is not None else ()
    url = address("awards:promotion-kit", row.contest.slug, public_id)
    return About("award", row.pk, winner(found).who, url, Circle.WINNER, people, entry.account_id)


def panel(award: Award) -> tuple[str, str, dict[str, Any]] | None:
    """Show the winner which talk is arranged; its link is in the mail that invited them."""
    talks = list(of_subject("award", award.pk).filter(state=TalkState.BOOKED))
    return (_("Time with our executives"), "awards/promotion/meeting.html", {"talks": talks}) if talks else None
