"""What cannot be had twice: one open plan of a customer, one open question to a person. Which stays is said before.

A plan that is further stays, and so does a question to which the customer's answer is nearer; where both are as far,
the one of the row that stays. What gives way is let go by its own room, with the reason told to who asked. Two dates to
which a customer agreed both stand: the second stays with the row that was merged until it is over. Undoing opens what
gave way anew, where that is still possible.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from references.accounts.enums import OPEN_ASKS, AskState
from references.accounts.models import Account, Ask, Contact
from references.accounts.services import release_ask
from references.batches import services as batches
from references.coverage.enums import OPEN_PLANS, PlanState
from references.coverage.models import TargetPlan
from references.coverage.services import move_plan
from references.coverage.services.plans import locked as lock_plan
from references.requests import services as requests
from references.requests.enums import BatchState, CandidateState, NameState
from references.requests.models import BatchName, Candidate, ReferenceRequest
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stream import emit
from refprogram.notices.services import tell
from refprogram.people.models import User

Ended = list[dict[str, Any]]
# How near a question is to the customer's answer, the nearest first.
NEAREST: Final = (CandidateState.SCHEDULED, CandidateState.ACCEPTED, CandidateState.INVITED)


@dataclass(frozen=True)
class Clash:
    """Two things of which one can be: which stays, which gives way (none: both stand), and the rows."""

    stays: str
    gives_way: str
    keep: Any
    end: Any


# ---------------------------------------------------------------- what will happen


def between_accounts(kept: Account, merged: Account) -> Iterator[Clash]:
    """Yield what two accounts cannot both bring along: plans, and questions to who is at both."""
    yield from _plans(kept, merged)
    for twin, contact in pairs(kept, merged):
        yield from between_people(twin, contact)


def pairs(kept: Account, merged: Account) -> list[tuple[Contact, Contact]]:
    """Return who is at both accounts: the contact that stays, and the one that becomes it."""
    here = {one.person_id: one for one in Contact.objects.filter(account=kept, merged_into=None)}
    there = Contact.objects.filter(account=merged, merged_into=None).select_related("person").order_by("pk")
    return [(here[one.person_id], one) for one in there if one.person_id in here]


def _plans(kept: Account, merged: Account) -> Iterator[Clash]:
    rows = TargetPlan.objects.filter(account__in=[kept.pk, merged.pk], state__in=OPEN_PLANS).select_related("account")
    plans = {plan.account_id: plan for plan in rows}
    if len(plans) == 2:
        ours, theirs = plans[kept.pk], plans[merged.pk]
        stays, goes = (theirs, ours) if _far(theirs) > _far(ours) else (ours, theirs)
        yield Clash(_plan_words(stays), _plan_words(goes), stays, goes)


def _far(plan: TargetPlan) -> int:
    return OPEN_PLANS.index(PlanState(plan.state))


def _plan_words(plan: TargetPlan) -> str:
    return _("the plan for %(name)s (%(state)s)") % {"name": plan.account.name, "state": plan.get_state_display()}


def between_people(kept: Contact, merged: Contact) -> Iterator[Clash]:
    """Yield the two open questions to one person, if there are two."""
    rows = Ask.objects.filter(contact__in=[kept.pk, merged.pk], state__in=OPEN_ASKS)
    asks = {ask.contact_id: ask for ask in rows.select_related("activity", "candidate__request", "batch_name__batch")}
    if len(asks) < 2:
        return
    ours, theirs = asks[kept.pk], asks[merged.pk]
    stays, goes = (theirs, ours) if _nearness(theirs) < _nearness(ours) else (ours, theirs)
    if {stays.state, goes.state} == {AskState.BOOKED}:
        yield Clash(_ask_words(stays), "", stays, None)
        yield Clash(_ask_words(goes), "", goes, None)
    else:
        yield Clash(_ask_words(stays), _ask_words(goes), stays, goes)


def _nearness(ask: Ask) -> int:
    """An invitation to take part gives way to anything that is really asked."""
    if ask.activity_id is None:
        return len(NEAREST) + 1
    if ask.state == AskState.BOOKED:
        return 0
    candidate = getattr(ask, "candidate", None)
    state = candidate.state if candidate is not None else None
    return NEAREST.index(state) if state in NEAREST else len(NEAREST)


def _ask_words(ask: Ask) -> str:
    candidate, name = getattr(ask, "candidate", None), getattr(ask, "batch_name", None)
    if candidate is not None:
        return _("%(what)s (%(state)s)") % {"what": candidate.request.title, "state": candidate.get_state_display()}
    if name is not None:
        return _("“%(batch)s” (%(state)s)") % {"batch": name.batch.name, "state": name.get_state_display()}
    return str(ask.activity.name if ask.activity else _("the invitation to take part"))


def sentences(clashes: Iterable[Clash]) -> list[str]:
    """Say what stays and what gives way, for the page before it is done."""
    return [
        _("%(stays)s stays; %(goes)s is ended, and who wanted it is told.")
        % {"stays": _first_up(clash.stays), "goes": clash.gives_way}
        if clash.gives_way
        else _("%(stays)s was agreed to, and stands.") % {"stays": _first_up(clash.stays)}
        for clash in clashes
    ]


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


# ---------------------------------------------------------------- doing it


def hold(contacts: Iterable[int]) -> None:
    """Lock the requests that ask these people, before the accounts are locked: the order of every room."""
    open_ones = Candidate.objects.filter(contact__in=list(contacts), ask__state__in=OPEN_ASKS).values("request")
    list(ReferenceRequest.objects.select_for_update().filter(pk__in=open_ones).order_by("pk").values_list("pk"))


def settle(clashes: Iterable[Clash], actor: User) -> Ended:
    """End what gives way, each by its own room; return what undoing needs."""
    ended: Ended = []
    for clash in clashes:
        if isinstance(clash.end, TargetPlan):
            ended.append({"plan": clash.end.pk, "state": clash.end.state, "account": clash.end.account_id})
            move_plan(plan=clash.end, to=PlanState.DROPPED, actor=actor)
            _say(clash, clash.end.owner, actor, clash.end.get_absolute_url())
        elif isinstance(clash.end, Ask):
            ended.append({"ask": clash.end.pk, "contact": clash.end.contact_id})
            _end_ask(clash.end, actor)
            _say(clash, *_wanted_by(clash.end, actor))
    return ended


def _wanted_by(ask: Ask, actor: User) -> tuple[User | None, User, str]:
    """Return who wanted what is ended, who ends it, and where it can be read."""
    candidate, name = getattr(ask, "candidate", None), getattr(ask, "batch_name", None)
    if candidate is not None:
        return candidate.request.requester, actor, candidate.request.get_absolute_url()
    if name is not None:
        return name.batch.requester, actor, name.batch.get_absolute_url()
    return ask.reserved_by, actor, ask.account.get_absolute_url()


def _say(clash: Clash, who: User | None, actor: User, url: str) -> None:
    """Tell who wanted what is ended that it is, and why. No customer is named: they may be masked for them."""
    if who is None or who.pk == actor.pk:
        return
    words = _(
        "%(goes)s is ended: they are asked for something else already, as two entries of one customer became one."
    )
    tell(
        person=who.person,
        kind="references.given_way",
        key=f"given-way:{type(clash.end).__name__}:{clash.end.pk}:{clash.keep.pk}",
        text=words % {"goes": _first_up(clash.gives_way)} if isinstance(clash.end, Ask) else _plan_ended(clash),
        url=url,
    )


def _plan_ended(clash: Clash) -> str:
    return _("%(goes)s is ended: there is another plan for what turned out to be the same customer.") % {
        "goes": _first_up(clash.gives_way)
    }


def _end_ask(ask: Ask, actor: User) -> None:
    why = _("They are asked for something else already: two entries of one person were made one.")
    candidate, name = getattr(ask, "candidate", None), getattr(ask, "batch_name", None)
    if candidate is not None:
        requests.release(candidate=candidate, actor=actor, reason=why)
    elif name is not None:
        batches.drop(name=name, actor=actor)
    else:
        links.withdraw(subject=ask)
        release_ask(ask=ask, actor=actor, note=why)


# ---------------------------------------------------------------- taking it back


def open_again(ended: Iterable[dict[str, Any]], actor: User) -> None:
    """Open anew what gave way, where it still can be: a plan as it stood, a question as one that begins afresh."""
    for one in ended:
        if "plan" in one:
            _plan_again(one, actor)
        else:
            _ask_again(one["ask"], one["contact"], actor)


def _plan_again(one: dict[str, Any], actor: User) -> None:
    plan = lock_plan(TargetPlan(pk=one["plan"]))
    others = TargetPlan.objects.filter(account=plan.account_id, state__in=OPEN_PLANS)
    if plan.state != PlanState.DROPPED or plan.account_id != one["account"] or others.exists():
        return
    plan.state = one["state"]
    plan.save(update_fields=["state"])
    payload = {"state": plan.state}
    emit("plan.moved", subject=plan, account_id=plan.account_id, actor_id=actor.person_id, payload=payload)


def _ask_again(ask_id: int, contact_id: int, actor: User) -> None:
    """Ask them anew for what was let go. Where the need is over or they may not be asked now, it stays let go."""
    ask = Ask.objects.select_related("candidate__request", "batch_name__batch").get(pk=ask_id)
    contact = Contact.objects.select_related("account").get(pk=contact_id)
    candidate, name = getattr(ask, "candidate", None), getattr(ask, "batch_name", None)
    try:
        with transaction.atomic():
            if candidate is not None and candidate.request.matchable:
                requests.propose(request=candidate.request, account=contact.account, contact=contact, actor=actor)
            elif name is not None and name.batch.state == BatchState.COLLECTING:
                _name_again(name, contact, actor)
    except DomainError:
        return


def _name_again(name: BatchName, contact: Contact, actor: User) -> None:
    again = batches.add_name(batch=name.batch, account=contact.account, contact=contact, actor=actor)
    if again.state == NameState.PROPOSED:
        batches.ask_name(name=again, actor=actor)
