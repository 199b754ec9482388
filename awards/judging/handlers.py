"""What follows in judging from what happened elsewhere. Every handler may run twice."""

from django.db.models import Q
from django.urls import reverse

from awards.judging import letters, policy, services
from awards.judging.enums import EXPECTED, JudgeState
from awards.judging.selectors import corrections, running
from awards.judging.selectors import work as selectors
from awards.models import Assignment, Category, Contest, ContestEntry, GlassBroken, Judge, Round
from refprogram.kernel.models import Event
from refprogram.kernel.stream import lane
from refprogram.people.models import User

# From when ties matter until when they can still keep a ballot from counting.
LIVE = ("open", "closed", "screening", "judging", "deliberation")


@lane("conflicts")
def look_at_entry(event: Event) -> None:
    """An entry changed sides, categories or hands: look at its contest's ties again."""
    entry = ContestEntry.objects.select_related("contest").filter(pk=event.subject_id).first()
    if entry is not None and entry.contest.state in LIVE:
        services.detect_conflicts(entry)


@lane("conflicts")
def look_at_account(event: Event) -> None:
    """An account or its people changed, or two became one: look at its entries, and at who judges of its people."""
    if event.account_id is None:
        return
    entries = ContestEntry.objects.filter(account=event.account_id, contest__state__in=LIVE)
    for entry in entries.select_related("contest").order_by("pk"):
        services.detect_conflicts(entry)
    judges = Judge.objects.filter(person__contacts__account=event.account_id, contest__state__in=LIVE)
    for judge in judges.select_related("contest").distinct().order_by("pk"):
        services.detect_conflicts(judge)


@lane("conflicts")
def look_at_person(event: Event) -> None:
    """A colleague has another role or team: look at where they judge."""
    person_id = event.payload.get("person") if "person" in event.payload else None
    mine = Q(person__user__pk=event.subject_id) if event.subject_type == "user" else Q(person=person_id)
    for judge in Judge.objects.select_related("contest").filter(mine, contest__state__in=LIVE).order_by("pk"):
        services.detect_conflicts(judge)


def fit_rounds(event: Event) -> None:
    """The contest has other dates: a round that they left behind follows."""
    contest = Contest.objects.filter(pk=event.subject_id).first()
    if contest is not None and {"closes_at", "announce_at", "event_at"} & set(event.payload["fields"]):
        services.fit_rounds(contest=contest)


def give_calibration(event: Event) -> None:
    """A judge is ready: they get the calibration entries of the round that runs."""
    judge = _judge(event)
    round_ = selectors.round_of(judge) if judge is not None else None
    if judge is not None and round_ is not None and round_.closed_at is None:
        services.give_anchors(round_, judge)


def send_door(event: Event) -> None:
    """A judge said yes: they get the link to the room, and the papers."""
    judge = _judge(event)
    if judge is not None and judge.state in EXPECTED:
        services.mail_door(judge=judge)


def tell_of_answer(event: Event) -> None:
    """Tell who runs the contest that somebody declined or left, and whom they name instead."""
    judge = _judge(event)
    if judge is None:
        return
    words = {
        JudgeState.DECLINED: letters.declined_words(judge),
        JudgeState.WITHDRAWN: letters.left_words(judge),
    }
    text = words.get(JudgeState(judge.state))
    if text:
        users = running.runners_of(judge.contest)
        letters.managers(judge.contest, users, key=f"judge-answer:{event.pk}", text=text, url=judge.get_absolute_url())


def tell_of_work(event: Event) -> None:
    """Judges of a round that began, or the one who was given something, are told how much there is."""
    round_ = _round_of(event)
    if round_ is None or round_.released_at is None or round_.closed_at is not None:
        return
    only = event.payload.get("judge")
    for judge, left in running.judges_with_open_work(round_):
        if only is None or judge.pk == only:
            day = event.at.date()
            tell_work(judge, round_, left, key=f"work:{round_.pk}:{judge.pk}:{day}")


def tell_work(judge: Judge, round_: Round, left: int, *, key: str, late: bool = False) -> None:
    """Write to one judge how much is left; the mail has a fresh link."""
    pace = selectors.pace_of(judge)
    each = pace / 60 if pace else policy.now().minutes_each
    url = services.door_address(judge)
    letters.work(judge, url, key=key, left=left, round_=round_, minutes=max(1, round(each * left)), late=late)


def tell_of_gap(event: Event) -> None:
    """Work came free: tell who runs the contest, once a day."""
    contest = Contest.objects.filter(pk=event.payload["contest"]).first()
    if contest is None:
        return
    users = running.runners_of(contest)
    letters.managers(
        contest, users, key=f"gap:{contest.pk}:{event.at.date()}", text=letters.gap_words(),
        url=letters.judging_url(contest),
    )  # fmt: skip


def send_receipt(event: Event) -> None:
    """A judge finished: they get what was recorded."""
    judge = _judge(event)
    if judge is None:
        return
    rows = letters.receipt_rows(selectors.receipt_of(judge))
    if rows:
        letters.receipt(judge, services.door_address(judge), key=f"receipt:{event.pk}", rows=rows)


def ask_second_person(event: Event) -> None:
    """Somebody asks that a ballot does not count: whoever may be the second person is told, and nobody with a tie."""
    rows = Assignment.objects.select_related("round__contest", "place__category")
    work = rows.filter(ballots=event.subject_id).first()
    if work is None:
        return
    users = [user for user in corrections.who_may_decide(work) if user.person_id != event.actor_id]
    letters.managers(
        work.round.contest, users, key=f"void:{event.pk}", text=letters.void_words(), url=work.get_absolute_url()
    )


def drop_work_of_entry(event: Event) -> None:
    """An entry left the contest: nobody judges it any more; what was scored stays recorded and does not count."""
    services.free_entry(entry_id=event.subject_id)


def tell_of_close(event: Event) -> None:
    """A round closed: tell who runs the contest how it ended."""
    round_ = Round.objects.select_related("contest").filter(pk=event.subject_id).first()
    if round_ is not None:
        text = letters.close_words(event.payload["scored"], event.payload["lapsed"])
        users = running.runners_of(round_.contest)
        letters.managers(round_.contest, users, key=f"closed:{round_.pk}", text=text, url=round_.get_absolute_url())


def tell_delegate(event: Event) -> None:
    """Somebody runs a category in a manager's place: they are told the way there."""
    category = Category.objects.select_related("contest").filter(pk=event.payload["category"]).first()
    user = User.objects.select_related("person").filter(person=event.payload["who"]).first()
    if category is None or user is None:
        return
    round_ = category.contest.rounds.filter(closed_at__isnull=True).order_by("number").first()
    url = category.contest.get_absolute_url()
    if round_ is not None:
        url = f"{reverse('awards:round-coverage', args=[round_.public_id])}?category={category.slug}"
    letters.delegated(category, user, key=f"delegate:{event.pk}", url=url)


def tell_of_glass(event: Event) -> None:
    """Somebody with a tie opened what was masked for them: certifiers and the other managers are told."""
    row = GlassBroken.objects.select_related("category__contest", "user__person").get(pk=event.payload["glass"])
    for user in running.watchers_of(row.category.contest):
        if user.pk != row.user_id:
            letters.glass_broken(row, user, key=f"glass:{row.pk}")


def say_to_judge(event: Event) -> None:
    """A judge may write once more after the end: they are told, with a link."""
    judge = Judge.objects.select_related("person", "contest").filter(pk=event.payload["judge"]).first()
    entry = ContestEntry.objects.filter(pk=event.payload["entry"]).first()
    if judge is not None and entry is not None:
        letters.reopened(judge, services.door_address(judge), key=f"reopened:{event.pk}", code=entry.code)


def _judge(event: Event) -> Judge | None:
    return Judge.objects.select_related("person", "contest", "invited_by__person").filter(pk=event.subject_id).first()


def _round_of(event: Event) -> Round | None:
    """Return the round that an event is about; of one that names only the contest, the round that runs."""
    rows = Round.objects.select_related("contest")
    key = event.subject_id if event.subject_type == "round" else event.payload.get("round")
    if key is not None:
        return rows.filter(pk=key).first()
    running_now = rows.filter(contest=event.payload["contest"], released_at__isnull=False, closed_at__isnull=True)
    return running_now.order_by("-number").first()
