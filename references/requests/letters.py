"""The mails about reference requests: one decision, one button each. Their words lie in templates/references/mail/."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from references.accounts.wording import minutes, program_of
from references.requests import briefs, reminders
from references.requests.models import Candidate, Feedback, ReferenceRequest
from references.requests.words import must_haves
from refprogram.kernel.templatetags import rp
from refprogram.notices.services import Letter

# Written while the mail is, so that the reader's own zone and language hold.
exactly = lazy(rp.exact, str)
on_day = lazy(rp.day, str)


def page_of(request: ReferenceRequest) -> str:
    """Return the request's address as a mail needs it."""
    return f"{settings.BASE_URL}{request.get_absolute_url()}"


def _request_facts(request: ReferenceRequest) -> list[tuple[str, Any]]:
    deal = request.opportunity
    amount = rp.money(deal.amount) if deal and deal.amount is not None else ""
    facts = [
        (_("Asked by"), request.requester.name),
        (_("Deal"), amount),
        (_("Needed by"), on_day(request.needed_by)),
        (_("Must have"), ", ".join(must_haves(request))),
    ]
    return [fact for fact in facts if fact[1]]


# ---------------------------------------------------------------- to colleagues


def new_request(request: ReferenceRequest) -> Letter:
    """To marketers: somebody needs a reference, and the clock runs."""
    facts = [*_request_facts(request), (_("A customer should have agreed by"), exactly(request.due_at))]
    return Letter(
        _("New request: %(title)s") % {"title": request.title},
        "references/new_request",
        {
            "request": request,
            "facts": facts,
            "action_label": _("Find a customer"),
            "action_url": page_of(request),
        },
    )


def question(request: ReferenceRequest, *, ends_at: dt.datetime | None = None) -> Letter:
    """To the requester: one thing has to be clear first. With `ends_at` it is a reminder, which says how it ends."""
    subject = _("Still open: your request for %(title)s") if ends_at else _("A question about your request: %(title)s")
    fine = _("Without an answer the request is taken back on %(day)s.") % {"day": rp.day(ends_at)} if ends_at else ""
    return Letter(
        subject % {"title": request.title},
        "references/question",
        {"request": request, "action_label": _("Answer"), "action_url": page_of(request), "fine": fine},
    )


def passed_on(request: ReferenceRequest) -> Letter:
    """To the colleague who can help better."""
    facts = [*_request_facts(request), (_("Please answer by"), exactly(request.due_at))]
    return Letter(
        _("Passed on to you: %(title)s") % {"title": request.title},
        "references/passed_on",
        {"request": request, "facts": facts, "action_label": _("Open the request"), "action_url": page_of(request)},
    )


def elsewhere(request: ReferenceRequest) -> Letter:
    """To the requester: somebody else takes care of it, or has."""
    settled = request.closed_at is not None
    subject = _("Settled: %(title)s") if settled else _("A colleague takes care of it: %(title)s")
    return Letter(
        subject % {"title": request.title},
        "references/elsewhere",
        {"request": request, "settled": settled, "action_label": _("Open the request"), "action_url": page_of(request)},
    )


def decided(request: ReferenceRequest) -> Letter:
    """To the requester: there will be no reference, and why."""
    return Letter(
        _("No reference this time: %(title)s") % {"title": request.title},
        "references/decided",
        {"request": request, "action_label": _("Open the request"), "action_url": page_of(request)},
    )


def owner_approval(candidate: Candidate, link: str) -> Letter:
    """To the account's owner: may we ask your customer?"""
    request, person = candidate.request, candidate.contact.person
    answer_by = reminders.answer_due(candidate)
    return Letter(
        _("May we ask %(contact)s of %(account)s?") % {"contact": person.name, "account": candidate.account.name},
        "references/owner_approval",
        {
            "lead": _deciding(candidate),
            "candidate": candidate,
            "request": request,
            "minutes": minutes(request.activity),
            "facts": [*_request_facts(request), (_("Please answer by"), exactly(answer_by))],
            "action_label": _("Yes, ask %(contact)s") % {"contact": person.name},
            "action_url": link,
            "alternatives": [
                (_("Not now, ask someone else"), f"{link}?answer=no"),
                (_("Read the whole request"), page_of(request)),
            ],
            "fine": _("No sign-in is needed: the button opens a page that asks you once more. It works once."),
        },
    )


def _deciding(candidate: Candidate) -> str:
    owner, name = candidate.account.owner, candidate.account.name
    if owner is None or owner.pk == candidate.approver_id:
        return _("For you to decide, as owner of %(account)s") % {"account": name}
    return _("For you to decide in place of %(owner)s, owner of %(account)s") % {"owner": owner.name, "account": name}


def accepted(candidate: Candidate) -> Letter:
    """To the requester: a customer said yes."""
    request = candidate.request
    return Letter(
        _("%(contact)s of %(account)s said yes")
        % {"contact": candidate.contact.person.name, "account": candidate.account.name},
        "references/accepted",
        {
            "candidate": candidate,
            "request": request,
            "times": [exactly(at) for at in candidate.times],
            "action_label": _("Choose a time") if candidate.offered_times else _("Agree on a time"),
            "action_url": page_of(request),
        },
    )


def feedback_requester(candidate: Candidate, *, closes_at: dt.datetime | None = None) -> Letter:
    """To the requester: how was it? With `closes_at` it is a reminder, which says when the question ends."""
    request = candidate.request
    subject = _("Still open: how was it with %(contact)s?") if closes_at else _("How was it with %(contact)s?")
    fine = _("Without an answer this request is closed on %(day)s.") % {"day": rp.day(closes_at)} if closes_at else ""
    return Letter(
        subject % {"contact": candidate.contact.person.name},
        "references/feedback_requester",
        {
            "candidate": candidate,
            "request": request,
            "action_label": _("Tell us, in a minute"),
            "action_url": f"{page_of(request)}#feedback",
            "fine": fine,
        },
    )


# ---------------------------------------------------------------- to customers


def customer_ask(candidate: Candidate, link: str, *, again: bool = False) -> Letter:
    """To the customer: would you? `again` is a reminder."""
    request = candidate.request
    subject = _("A kind reminder: would you %(verb)s?") if again else _("Would you %(verb)s?")
    return Letter(
        subject % {"verb": request.activity.verb},
        "references/customer_ask",
        {
            "lead": _("A request to you from %(program)s") % {"program": program_of()},
            "candidate": candidate,
            "request": request,
            "facts": [
                (_("For whom"), request.purpose),
                (_("How long"), minutes(request.activity)),
                (_("By when"), on_day(request.needed_by)),
            ],
            "action_label": _("See it and answer"),
            "action_url": link,
            "alternatives": [(_("Not this time"), f"{link}?answer=no"), (_("Please pause"), f"{link}?answer=pause")],
            "fine": _(
                "No is a fine answer: the people you would talk to are not told why, and nothing changes for you."
            ),
        },
    )


def time_confirmed(candidate: Candidate, link: str) -> Letter:
    """To the customer: the time is fixed."""
    request, at = candidate.request, candidate.scheduled_at
    return Letter(
        _("Agreed: %(activity)s") % {"activity": request.activity.name},
        "references/time_confirmed",
        {
            "candidate": candidate,
            "request": request,
            "facts": [
                (_("When"), exactly(at)),
                (_("With"), request.requester.name),
                (_("For whom"), request.purpose),
            ],
            "action_label": _("Put it into my calendar"),
            "action_url": f"{link}?calendar",
            "alternatives": [
                (_("What to expect, on a page"), f"{link}?brief"),
                (_("I need another time"), f"{link}?answer=other"),
                (_("I cannot make it any more"), f"{link}?answer=no"),
            ],
            "brief": briefs.for_customer(candidate),
        },
    )


def missed(candidate: Candidate, link: str, *, by_prospect: bool) -> Letter:
    """To the customer: it did not take place. When the prospect stayed away, with an apology."""
    subject = _("We are sorry: you waited in vain") if by_prospect else _("We missed you")
    return Letter(
        subject,
        "references/missed",
        {
            "candidate": candidate,
            "request": candidate.request,
            "program": program_of(),
            "by_prospect": by_prospect,
            "action_label": _("Offer another time"),
            "action_url": link,
            "alternatives": [(_("Please leave it at that"), f"{link}?answer=no")],
        },
    )


def released(candidate: Candidate) -> Letter:
    """To an invited customer: nothing is needed any more."""
    return Letter(
        _("Nothing is needed from you any more"),
        "references/released",
        {"candidate": candidate, "request": candidate.request, "program": program_of()},
    )


def feedback_customer(candidate: Candidate, link: str, *, again: bool = False) -> Letter:
    """To the customer: thank you; how was it? `again` is a reminder."""
    return Letter(
        _("One minute, if you have it: how was it?") if again else _("Thank you for speaking for us"),
        "references/feedback_customer",
        {
            "candidate": candidate,
            "request": candidate.request,
            "program": program_of(),
            "action_label": _("Say how it was, in a minute"),
            "action_url": link,
            "fine": _("If you would rather not, do nothing: this question ends by itself.") if again else "",
        },
    )


def thanks(feedback: Feedback) -> Letter:
    """To the customer: it helped."""
    candidate = feedback.candidate
    return Letter(
        _("It helped: thank you"),
        "references/thanks",
        {"candidate": candidate, "request": candidate.request, "feedback": feedback, "program": program_of()},
    )
