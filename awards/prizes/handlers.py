"""What prizes do when something happened. Each is safe to run twice."""

from django.utils.translation import gettext as _

from awards.models import Award, Contest
from awards.prizes import letters, selectors, services, standing
from awards.prizes.enums import GrantState
from awards.prizes.models import PrizeGrant
from refprogram.kernel.models import Event

G = GrantState


def _grant(event: Event) -> PrizeGrant:
    return selectors.with_people(PrizeGrant.objects.all()).get(pk=event.subject_id)


def grant(event: Event) -> None:
    """Winners were announced: each award gets its prizes."""
    contest = Contest.objects.filter(pk=event.subject_id).first()
    if contest is not None:
        services.grant_prizes(contest=contest)


def ask_winner(event: Event) -> None:
    """A prize was offered: the winner is asked. What was offered in the same moment is one mail."""
    row = _grant(event)
    if row.state != G.OFFERED or row.offered_at is None:
        return
    rows = [one for one in selectors.of_award(row.award) if one.offered_at and one.state == G.OFFERED]
    together = [one for one in rows if abs((one.offered_at - row.offered_at).total_seconds()) < 1]  # type: ignore[operator]
    first = together[0] if together else row
    letters.offer(row.award, together, key=f"prize-offer:{first.pk}:{first.offered_at:%Y%m%d%H%M%S}")


def say_held(event: Event) -> None:
    """A prize cannot be offered: who runs the contest hears why."""
    row = _grant(event)
    if row.state == G.HELD:
        text = _("%(item)s cannot be offered yet") % {"item": row.item}
        letters.tell_managers(row, text, key=f"prize-held:{event.pk}", mail=True)


def say_answer(event: Event) -> None:
    """The winner answered: who runs the contest hears it; by mail where it is a no."""
    row = _grant(event)
    words = {"item": row.item, "whom": selectors.facts_of(row)["whom"]}
    no = event.topic == "prize.refused"
    text = (_("%(whom)s would rather not have: %(item)s") if no else _("%(whom)s takes: %(item)s")) % words
    letters.tell_managers(row, text, key=f"prize-answer:{event.pk}", mail=no)


def say_arranged(event: Event) -> None:
    """A day, place or host was agreed: the winner hears it, and the host."""
    row = _grant(event)
    if row.state not in (G.OFFERED, G.TAKEN):
        return
    if row.on is not None:
        letters.arranged(row, key=f"prize-arranged:{event.pk}")
    if row.host is not None:
        letters.tell_host(row, row.host, key=f"prize-host:{event.pk}")


def say_reminder(event: Event) -> None:
    """A winner has not chosen: they are asked once more."""
    row = _grant(event)
    if row.state == G.OFFERED:
        letters.remind(row, key=f"prize-reminder:{event.pk}")


def say_called_off(event: Event) -> None:
    """A prize that the winner knew of is called off: they hear so, unless it came back from them."""
    row = _grant(event)
    if row.state == G.CANCELLED and row.offered_at is not None and event.actor_id is not None:
        letters.called_off(row, key=f"prize-off:{event.pk}")


def say_recalled(event: Event) -> None:
    """An award was taken back, and its prize is out of the house: who runs the contest hears so."""
    row = _grant(event)
    if row.state == G.RECALLED:
        text = _("To be brought back: %(item)s") % {"item": row.item}
        letters.tell_managers(row, text, key=f"prize-recall:{event.pk}", mail=True, more=standing.next_of(row))


def follow_award(event: Event) -> None:
    """An award was taken back: its prizes too."""
    award = Award.objects.filter(pk=event.subject_id).first()
    if award is not None:
        services.follow_revoked(award=award)


def follow_replacement(event: Event) -> None:
    """A gift was asked for; if it replaces one that is a prize, the prize goes on with it."""
    services.follow_replacement(gift_id=event.subject_id)


def follow_money(event: Event) -> None:
    """A gift can be ordered; if it is a prize whose day is agreed, it gets that day."""
    services.follow_money(gift_id=event.subject_id)


def follow_return(event: Event) -> None:
    """A gift came back, or its order was cancelled."""
    services.follow_return(gift_id=event.subject_id)
