"""Whom this room tells what, when something happened to a request. Telling the same thing twice does nothing."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from references.profiles.services import unmask_for
from references.requests import letters, letters_around, services
from references.requests.enums import AbsentSide, CandidateState, RequestState, Side
from references.requests.models import Candidate, Feedback, ReferenceRequest
from refprogram.governance.approvals.models import Approval
from refprogram.kernel import links
from refprogram.kernel.models import Event
from refprogram.kernel.stream import subject_of
from refprogram.notices.services import tell
from refprogram.people.enums import Role
from refprogram.people.models import User


def _request(event: Event) -> ReferenceRequest:
    rows = ReferenceRequest.objects.select_related(
        *("requester__person", "activity", "opportunity__account", "must_region", "must_product"),
        "redirected_to__person",
    )
    return rows.get(pk=event.subject_id)


def _candidate(event: Event) -> Candidate:
    rows = Candidate.objects.select_related(
        "request__requester__person",
        "request__activity",
        "request__opportunity__account",
        "request__must_region",
        "request__must_product",
        "account__owner__person",
        "contact__person",
        "approver__person",
        "proposed_by__person",
    )
    return rows.get(pk=event.subject_id)


def _marketers() -> Iterable[User]:
    return User.objects.filter(role=Role.MARKETER, is_active=True).select_related("person").order_by("pk")


def _tell_stuck(request: ReferenceRequest, *, key: str, text: str) -> None:
    """Tell every marketer, by a line in the program, that a request needs them."""
    for user in _marketers():
        tell(person=user.person, kind="request.stuck", key=key, text=text, url=request.get_absolute_url())


# ---------------------------------------------------------------- to the program


def tell_marketers(event: Event) -> None:
    """A request came in: each marketer gets one mail."""
    request = _request(event)
    if not request.matchable:
        return
    letter = letters.new_request(request)
    text = _("%(who)s asks: %(title)s") % {"who": request.requester.name, "title": request.title}
    for user in _marketers():
        if user.person_id != event.actor_id:
            tell(
                person=user.person,
                kind="request.new",
                key=f"request.new:{request.pk}",
                text=text,
                url=request.get_absolute_url(),
                letter=letter,
            )


def tell_marketers_of_answer(event: Event) -> None:
    """The requester answered a question, so the search can go on."""
    request = _request(event)
    text = _("Answered, the search can go on: %(title)s") % {"title": request.title}
    _tell_stuck(request, key=f"request.answered:{event.pk}", text=text)


def tell_marketers_of_loss(event: Event) -> None:
    """An owner or a customer said no: somebody else must be found. It stands on the desk as well, so no mail."""
    candidate = _candidate(event)
    words = {
        "candidate.owner_declined": _("The owner of %(account)s would rather not: %(title)s"),
        "candidate.not_approved": _("Asking %(account)s was not approved: %(title)s"),
        "candidate.declined": _("%(account)s said not this time: %(title)s"),
    }
    text = words[event.topic] % {"account": candidate.account.name, "title": candidate.request.title}
    _tell_stuck(candidate.request, key=f"{event.topic}:{candidate.pk}", text=text)


def let_go(event: Event) -> None:
    """A freeze began, or they left the program: who has not agreed is let go, and dates that stand are asked about."""
    if event.account_id is None:
        return
    frozen = event.topic == "account.frozen"
    stands = (
        _("%(account)s is frozen, and a date with them stands: %(title)s")
        if frozen
        else _("%(account)s left the program, and a date with them stands: %(title)s")
    )
    for candidate in services.release_account(account_id=event.account_id):
        key = f"{event.topic}:{event.pk}:{candidate.pk}"
        facts = {"account": candidate.account.name, "title": candidate.request.title}
        _tell_stuck(candidate.request, key=key, text=stands % facts)
        _ask_about_date(candidate, key=key)


def _ask_about_date(candidate: Candidate, *, key: str) -> None:
    """Whose date it is decides: the requester and the account's owner are asked to keep it or call it off."""
    letter = letters_around.keep_or_call_off(candidate)
    asked = {candidate.request.requester.person_id: candidate.request.requester.person}
    if candidate.account.owner is not None:
        asked[candidate.account.owner.person_id] = candidate.account.owner.person
    url = candidate.request.get_absolute_url()
    for person in asked.values():
        tell(person=person, kind="request.answer", key=key, text=letter.subject, url=url, letter=letter)


def let_everybody_go(event: Event) -> None:
    """Nobody may contact them any more: everybody there (or the one person) is let go, dates included."""
    if event.account_id is not None:
        contact = event.payload.get("contact")
        services.release_account(account_id=event.account_id, contact_id=contact, agreed_too=True)


def ask_next_in_line(event: Event) -> None:
    """Somebody said no, nothing, or was lost: who is next in line is asked."""
    services.ask_next(request=_candidate(event).request)


def tell_marketers_of_silence(event: Event) -> None:
    """A customer did not answer in time."""
    candidate = _candidate(event)
    text = _("%(account)s has not answered yet: %(title)s") % {
        "account": candidate.account.name,
        "title": candidate.request.title,
    }
    key = f"candidate.silent:{candidate.pk}:{CandidateState.INVITED}"  # the same as the reminder of that silence
    _tell_stuck(candidate.request, key=key, text=text)


def take_in(event: Event) -> None:
    """A request came in. Where nobody of the program has to look first, it finds its customer by itself."""
    if services.serve(request=_request(event)) is None:
        tell_marketers(event)


# ---------------------------------------------------------------- exceptions


def decide_exception(event: Event) -> None:
    """Whether a restricted requester may ask after all was decided."""
    if event.payload.get("subject_type") == "referencerequest" and event.payload.get("kind") == "exception":
        approval = Approval.objects.get(pk=event.subject_id)
        by = User.objects.filter(person_id=event.actor_id).first() if event.actor_id else None
        services.decide_exception(approval=approval, by=by)


# ---------------------------------------------------------------- to the requester


def tell_requester(event: Event) -> None:
    """There will be no reference: said with the reason, unless the requester took it back themselves."""
    request = _request(event)
    person = request.requester.person
    if person.pk == event.actor_id or request.state not in {
        RequestState.REJECTED,
        RequestState.UNFILLED,
        RequestState.WITHDRAWN,
    }:
        return
    tell(
        person=person,
        kind="request.answer",
        key=f"request.decided:{request.pk}",
        text=_("No reference this time: %(title)s") % {"title": request.title},
        url=request.get_absolute_url(),
        letter=letters.decided(request),
    )


def tell_requester_of_question(event: Event) -> None:
    """The program asks something back."""
    request = _request(event)
    if request.state != RequestState.NEEDS_INFO:
        return
    tell(
        person=request.requester.person,
        kind="request.answer",
        key=f"request.asked_back:{event.pk}",
        text=_("A question about your request: %(title)s") % {"title": request.title},
        url=request.get_absolute_url(),
        letter=letters.question(request),
    )


NAME_KNOWN_FOR = dt.timedelta(days=90)  # after the day on which it was needed: feedback and thanks name them too


def show_name(event: Event) -> None:
    """A masked customer said yes: whoever asked may know now who they are, on record, while the request is alive."""
    candidate = _candidate(event)
    if not candidate.agreed:
        return
    needed = dt.datetime.combine(candidate.request.needed_by, dt.time(), dt.UTC)
    unmask_for(
        account=candidate.account,
        user=candidate.request.requester,
        source=subject_of(candidate),
        until=max(needed, event.occurred_at) + NAME_KNOWN_FOR,
        reason=_("They said yes to a request"),
    )


def tell_requester_of_yes(event: Event) -> None:
    """A customer agreed: the requester chooses the time."""
    candidate = _candidate(event)
    if not candidate.agreed:
        return
    tell(
        person=candidate.request.requester.person,
        kind="request.answer",
        key=f"candidate.accepted:{candidate.pk}",
        text=_("%(contact)s of %(account)s said yes")
        % {"contact": candidate.contact.person.name, "account": candidate.account.name},
        url=candidate.request.get_absolute_url(),
        letter=letters.accepted(candidate),
    )


def pass_on(event: Event) -> None:
    """A colleague can help better: they get the request, and whoever asked hears who has it."""
    request = _request(event)
    if request.redirected_to is None:
        return
    for person, kind, letter in (
        (request.redirected_to.person, "request.passed_on", letters.passed_on(request)),
        (request.requester.person, "request.answer", letters.elsewhere(request)),
    ):
        key, url = f"request.passed_on:{request.pk}", request.get_absolute_url()
        tell(person=person, kind=kind, key=key, text=letter.subject, url=url, letter=letter)


def tell_settled(event: Event) -> None:
    """What was passed on is settled: whoever asked reads how."""
    request = _request(event)
    letter = letters.elsewhere(request)
    tell(
        person=request.requester.person,
        kind="request.answer",
        key=f"request.settled:{request.pk}",
        text=letter.subject,
        url=request.get_absolute_url(),
        letter=letter,
    )


# ---------------------------------------------------------------- to the owner


def ask_owner(event: Event) -> None:
    """Ask who answers for the account, by one mail whose link decides without signing in."""
    _ask_owner(_candidate(event), key="candidate.proposed")


def ask_owner_again(event: Event) -> None:
    """The owner was silent: they are reminded, or whoever it went up to is asked."""
    _ask_owner(_candidate(event), key=f"{event.topic}:{event.payload['rung']}")


def _ask_owner(candidate: Candidate, *, key: str) -> None:
    if candidate.state != CandidateState.OWNER_REVIEW:
        return
    if candidate.approver is None:
        facts = {"account": candidate.account.name, "title": candidate.request.title}
        text = _("Nobody answers for %(account)s, so it is for you to say: %(title)s") % facts
        _tell_stuck(candidate.request, key=f"candidate.silent:{candidate.pk}:{candidate.state}", text=text)
        return
    link = links.issue(purpose="owner_approval", subject=candidate, person_id=candidate.approver.person_id)
    tell(
        person=candidate.approver.person,
        kind="candidate.approval",
        key=f"{key}:{candidate.pk}",
        text=_("May we ask %(contact)s of %(account)s?")
        % {"contact": candidate.contact.person.name, "account": candidate.account.name},
        url=candidate.request.get_absolute_url(),
        letter=letters.owner_approval(candidate, link),
    )


# ---------------------------------------------------------------- to the customer


def invite_customer(event: Event) -> None:
    """Ask the customer, by one mail whose link answers without a password."""
    candidate = _candidate(event)
    if candidate.state != CandidateState.INVITED:
        return
    person = candidate.contact.person
    link = links.issue(purpose="customer_ask", subject=candidate, person_id=person.pk)
    letter = letters.customer_ask(candidate, link)
    tell(person=person, kind="customer.ask", key=f"customer.ask:{candidate.pk}", text=letter.subject, letter=letter)


def excuse_customer(event: Event) -> None:
    """Tell an invited customer that nothing is needed any more."""
    if not event.payload["invited"]:
        return
    candidate = _candidate(event)
    letter = letters.released(candidate)
    tell(
        person=candidate.contact.person,
        kind="customer.date",
        key=f"candidate.released:{candidate.pk}",
        text=letter.subject,
        letter=letter,
    )


def confirm_time(event: Event) -> None:
    """Tell the customer the time, and the requester where a colleague chose it; a time changed since is not told."""
    candidate = _candidate(event)
    at = event.payload["at"]
    if candidate.scheduled_at != dt.datetime.fromisoformat(at) or not candidate.agreed:  # whatever zone it was said in
        return
    person, requester = candidate.contact.person, candidate.request.requester.person
    link = links.issue(purpose="customer_ask", subject=candidate, person_id=person.pk)
    letter = letters.time_confirmed(candidate, link)
    key = f"candidate.scheduled:{candidate.pk}:{at}"
    tell(person=person, kind="customer.date", key=key, text=letter.subject, letter=letter)
    if requester.pk != event.actor_id:
        text = _("A time is agreed: %(title)s") % {"title": candidate.request.title}
        url = candidate.request.get_absolute_url()
        tell(person=requester, kind="request.answer", key=key, text=text, url=url)


def tell_of_absence(event: Event) -> None:
    """A conversation did not take place: the customer may offer another time, the requester and the program know."""
    candidate = _candidate(event)
    if candidate.state != CandidateState.NO_SHOW:
        return
    person, request = candidate.contact.person, candidate.request
    link = links.issue(purpose="customer_ask", subject=candidate, person_id=person.pk)
    letter = letters.missed(candidate, link, by_prospect=event.payload["side"] == AbsentSide.PROSPECT)
    key = f"candidate.no_show:{event.pk}"
    tell(person=person, kind="customer.date", key=key, text=letter.subject, letter=letter)
    text = _("It did not take place: %(title)s") % {"title": request.title}
    if request.requester.person_id != event.actor_id:
        url = request.get_absolute_url()
        tell(person=request.requester.person, kind="request.answer", key=key, text=text, url=url)
    _tell_stuck(request, key=key, text=text)


def ask_feedback(event: Event) -> None:
    """Thank the customer and ask both sides how it was."""
    candidate = _candidate(event)
    person, requester = candidate.contact.person, candidate.request.requester.person
    link = links.issue(purpose="feedback", subject=candidate, person_id=person.pk)
    letter = letters.feedback_customer(candidate, link)
    key = f"reference.delivered:{candidate.pk}"
    tell(person=person, kind="customer.thanks", key=key, text=letter.subject, letter=letter)
    asked = letters.feedback_requester(candidate)
    tell(
        person=requester,
        kind="reference.feedback",
        key=key,
        text=asked.subject,
        url=f"{candidate.request.get_absolute_url()}#feedback",
        letter=asked,
    )


def thank(event: Event) -> None:
    """Tell the customer that it helped, once the requester has said so; the owner hears it in the program."""
    if event.payload["side"] != Side.REQUESTER:
        return
    candidate = _candidate(event)
    feedback = Feedback.objects.get(candidate=candidate, side=Side.REQUESTER)
    feedback.candidate = candidate
    letter = letters.thanks(feedback)
    key = f"feedback.given:{candidate.pk}"
    tell(person=candidate.contact.person, kind="customer.thanks", key=key, text=letter.subject, letter=letter)
    owner = candidate.account.owner
    if owner is not None and owner.person_id != event.actor_id:
        text = _("%(account)s spoke for us, rated %(rating)d of 5") % {
            "account": candidate.account.name,
            "rating": feedback.rating,
        }
        tell(
            person=owner.person, kind="candidate.approval", key=key, text=text, url=candidate.request.get_absolute_url()
        )
