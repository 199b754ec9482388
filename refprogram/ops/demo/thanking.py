"""Recognition in the demo company: badges, thanks, letters, the feed, and a newsletter that was sent.

Rows are written in the past; nobody is written to. The demo's own executive has one draft to make their own.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from incentives.badges.granting import month_of, slot_of
from incentives.models import Badge, BadgeGrant, FeedPost, Letter, Newsletter, NewsletterCopy, RecognitionChoice, Thanks
from incentives.newsletters import drafting as newsletters
from incentives.newsletters.enums import IssueState
from incentives.recognition import drafting
from incentives.recognition.enums import LetterState, PostKind
from incentives.recognition.levels import THANKS
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Event
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.demo import address
from refprogram.people.enums import Role
from refprogram.people.models import User

WORDS: Final = (
    "You lent me your best customer for a call, on a Friday afternoon.",
    "Your notes on the renewal saved me a week.",
    "You sat in on the demo, and the plant manager still talks about it.",
    "You asked the right person at the right moment, and told me how.",
    "You took my calls while I was away.",
    "Your slide with the three figures won the room.",
)
GIVEN: Final = (
    ("good-colleague", "For three calls with customers that were not even yours.", 9),
    ("gap-closer", "The first reference we have in that market.", 16),
    ("storyteller", "The story on the changeover is on every desk by now.", 23),
    ("first-reference", "Your first customer who speaks for us. There will be more.", 31),
    ("good-colleague", "You answered within the hour, each time.", 44),
)
SENT: Final = (6, 27)


def build(maker: Maker, people: Company) -> None:
    """Make what colleagues said of each other in the last two months."""
    own = maker.apart("recognition")
    field = [*people.reps[:8], *people.supporters[:2]]
    _wins(own)
    _thanks(own, field)
    _badges(own, people, field)
    _letters(own, field)
    bulk(own, [RecognitionChoice(person=people.reps[-1].person, in_ranks=False, in_feed=True)])
    own.flush()
    _newsletter(own, people)


def _wins(maker: Maker) -> None:
    since = maker.today - dt.timedelta(days=60)
    events = Event.objects.filter(topic="nomination.enrolled", occurred_at__date__gte=since, account_id__isnull=False)
    rows = events.order_by("occurred_at", "pk")
    bulk(
        maker,
        [
            FeedPost(
                kind=PostKind.WIN, key=f"enrolled:{event.pk}", at=event.occurred_at, event=event,
                person_id=event.payload["nominator"], account_id=event.account_id,
            )
            for event in rows
        ],
    )  # fmt: skip


def _thanks(maker: Maker, field: Sequence[User]) -> None:
    rows = []
    for n in range(3 * len(WORDS)):
        giver, receiver = field[(n * 3 + 1) % len(field)], field[(n * 7) % len(field)]
        at = maker.moment(maker.today - dt.timedelta(days=2 + n * 3))
        if giver != receiver:
            week = rollups.start_of(Period.WEEK, rollups.day_of(at))
            words = WORDS[n % len(WORDS)]
            rows.append(Thanks(giver=giver.person, receiver=receiver.person, words=words, given_at=at, week=week))
    made = bulk(maker, rows)
    rollups.add_many(THANKS, [(row.given_at, {"person": row.receiver_id}, 1) for row in made])
    posts = [
        FeedPost(
            kind=PostKind.THANKS,
            key=f"thanks:{row.pk}",
            at=row.given_at,
            person=row.receiver,
            actor=row.giver,
            thanks=row,
        )
        for row in made
    ]
    bulk(maker, posts)
    for row in made:
        maker.tell(
            "thanks.given", row, row.given_at, account_id=None, actor_id=row.giver_id, person=row.receiver_id
        )  # fmt: skip


def _badges(maker: Maker, people: Company, field: Sequence[User]) -> None:
    badges = {badge.slug: badge for badge in Badge.objects.all()}
    givers = people.managers
    rows = []
    for n, (slug, words, days) in enumerate(GIVEN):
        at = maker.moment(maker.today - dt.timedelta(days=days))
        badge, month = badges[slug], month_of(at)
        rows.append(
            BadgeGrant(
                key=f"demo:{n}", badge=badge, person=field[n * 2].person, giver=givers[n % len(givers)],
                words=words, occurred_at=at, month=month, slot=slot_of(badge.often, month),
            )
        )  # fmt: skip
    for row in bulk(maker, rows):
        giver = row.giver.person_id
        facts = {"person": row.person_id, "badge": row.badge_id}
        maker.tell("badge.granted", row, row.occurred_at, account_id=None, actor_id=giver, **facts)
        post = FeedPost(
            kind=PostKind.BADGE, key=f"badge:{row.pk}", at=row.occurred_at, person=row.person, actor_id=giver, grant=row
        )
        bulk(maker, [post])


def _letters(maker: Maker, field: Sequence[User]) -> None:
    writer = User.objects.select_related("person").get(email=address("executive"))
    for n, days in enumerate(SENT):
        at, about = maker.moment(maker.today - dt.timedelta(days=days)), field[1 + n * 3]
        row = _letter(writer, about)
        row.state, row.sent_at, row.created_at = LetterState.SENT, at, at
        bulk(maker, [row])
        facts = {"person": about.person_id, "public": True}
        maker.tell("letter.sent", row, at, account_id=None, actor_id=writer.person_id, **facts)
        post = FeedPost(
            kind=PostKind.LETTER, key=f"letter:{row.pk}", at=at, person=about.person, actor=writer.person, letter=row
        )
        bulk(maker, [post])
    bulk(maker, [_letter(writer, field[0])])


def _letter(writer: User, about: User) -> Letter:
    facts = drafting.facts_of(about)
    return Letter(
        writer=writer, about=about.person, drafted_by=writer, facts=facts, subject=drafting.subject(about),
        body=drafting.body(about, writer, facts),
    )  # fmt: skip


def _newsletter(maker: Maker, people: Company) -> None:
    """Write an issue of last month, sent and read by two in three."""
    until = maker.moment(maker.today - dt.timedelta(days=12))
    since = until - dt.timedelta(days=30)
    facts = newsletters.facts_since(since, until)
    readers = list(User.objects.filter(is_active=True).exclude(role=Role.JUDGE).order_by("pk"))
    opened = [n % 3 != 0 for n in range(len(readers))]
    issue = Newsletter(
        title="What customers said of us, and who made it happen", body=newsletters.body_of(facts), facts=facts,
        since=since, until=until, state=IssueState.SENT, created_by=people.marketer, sent_by=people.marketer,
        sent_at=until, told=len(readers), opened=sum(opened),
    )  # fmt: skip
    bulk(maker, [issue])
    NewsletterCopy.objects.bulk_create(
        NewsletterCopy(newsletter=issue, person_id=user.person_id, told_at=until, opened_at=until if read else None)
        for user, read in zip(readers, opened, strict=True)
    )
