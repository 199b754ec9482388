"""The checklist before a campaign begins: who settles what, until when."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.campaigns import policy
from nominations.campaigns.enums import Uses
from nominations.campaigns.notice_kinds import KICKOFF
from nominations.campaigns.seeds import SEEDS
from nominations.models import Campaign, KickoffItem
from references.accounts import clock
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.stream import emit
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute
from refprogram.notices.services import Letter, tell
from refprogram.people.calendars.selectors import default_calendar, working_time
from refprogram.people.models import User


def seed(campaign: Campaign) -> list[KickoffItem]:
    """Write the first checklist of a new campaign, due some working days before its first day."""
    due = _due(campaign.starts_on)
    return KickoffItem.objects.bulk_create(
        KickoffItem(campaign=campaign, uses=uses, text=str(text), position=place, due_on=due)
        for place, (uses, text) in enumerate(SEEDS)
    )


def _due(first: dt.date) -> dt.date:
    """Return the working day so many working days before the first one, but no day that is over."""
    works, day, left = working_time(default_calendar()), first, policy.now().settle_days
    while left > 0 and day > clock.today():
        day -= dt.timedelta(days=1)
        left -= works.works_on(day)
    return max(day, clock.today())


@transaction.atomic
def add_item(
    *, campaign: Campaign, actor: User, uses: str, text: str, who: User | None = None, due_on: dt.date | None = None
) -> KickoffItem:
    """Add a line."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    words = " ".join(text.split())[:200]
    if not words or uses not in Uses.values:
        field, sentence = ("uses", _("Choose a team.")) if words else ("text", _("Say what is to be settled."))
        raise InvalidInput(sentence, errors={field: sentence})
    last = campaign.kickoff.aggregate(last=Max("position"))["last"] or 0
    item = KickoffItem(campaign=campaign, uses=uses, text=words, position=last + 1, due_on=due_on)
    item.save(force_insert=True)
    return assign_item(item=item, actor=actor, who=who, due_on=due_on) if who is not None else item


@transaction.atomic
def assign_item(
    *, item: KickoffItem, actor: User, who: User | None, due_on: dt.date | None, text: str | None = None
) -> KickoffItem:
    """Say who settles a line until when; they are told once."""
    item = _held(item)
    words = item.text if text is None else " ".join(text.split())[:200]
    if not words:
        sentence = _("Say what is to be settled.")
        raise InvalidInput(sentence, errors={"text": sentence})
    new = who is not None and who.pk != item.who_id
    item.who, item.due_on, item.text = who, due_on, words
    item.save(update_fields=["who", "due_on", "text"])
    if new and who is not None:
        payload = {"campaign": item.campaign_id, "who": who.person_id}
        emit("kickoff.assigned", subject=item, actor_id=actor.person_id, payload=payload)
        if who.pk != actor.pk:
            _tell(item, who, actor)
    return item


def _tell(item: KickoffItem, who: User, actor: User) -> None:
    url = reverse("nominations:campaign", args=[item.campaign.public_id])
    text = _("%(name)s asks you to settle before “%(campaign)s” begins: %(text)s") % {
        "name": actor.name, "campaign": item.campaign.name, "text": item.text,
    }  # fmt: skip
    tell(
        person=who.person,
        kind=KICKOFF,
        key=f"kickoff:{item.pk}:{who.pk}",
        text=text,
        url=url,
        letter=Letter(
            subject=_("To settle before “%(campaign)s” begins") % {"campaign": item.campaign.name},
            template="nominations/kickoff",
            context={
                "text": text,
                "until": rp.day(item.due_on) if item.due_on else "",
                "action_label": _("Open the checklist"),
                "action_url": absolute(url),
            },
        ),
    )


@transaction.atomic
def settle_item(*, item: KickoffItem, actor: User, done: bool = True) -> KickoffItem:
    """Mark a line as settled, or as open again; twice is once."""
    item = _held(item)
    if done == (item.done_at is not None):
        return item
    item.done_at, item.done_by = (timezone.now(), actor) if done else (None, None)
    item.save(update_fields=["done_at", "done_by"])
    if done:
        emit("kickoff.done", subject=item, actor_id=actor.person_id, payload={"campaign": item.campaign_id})
    return item


@transaction.atomic
def remove_item(*, item: KickoffItem) -> None:
    """Take a line away that this campaign does not need."""
    _held(item).delete()


def _held(item: KickoffItem) -> KickoffItem:
    rows = KickoffItem.objects.select_for_update(of=("self",)).select_related("campaign")
    return rows.get(pk=item.pk)
