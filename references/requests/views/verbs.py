"""What people do with requests and candidates: each view is a permission, one service, and a word of thanks."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from references.accounts.models import Account, Contact
from references.accounts.selectors import contacts_visible_to
from references.accounts.selectors import visible_to as accounts_visible_to
from references.content.selectors import shareable_ids
from references.requests import calendars, selectors, services
from references.requests.enums import CandidateState, Side, UnfilledReason
from references.requests.forms import (
    CustomerNoForm,
    FeedbackForm,
    HeldForm,
    MomentForm,
    OwnerAnswerForm,
    ReasonForm,
    TimesForm,
)
from references.requests.models import Candidate, ReferenceRequest
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.kernel.forms import Form
from refprogram.people.models import User

AnyForm = TypeVar("AnyForm", bound=Form)
Verb = Callable[[HttpRequest, Any, User], str]


def _user(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment]
    return user


def _back(request: HttpRequest, row: ReferenceRequest) -> HttpResponse:
    """To where the button stood: the desk, or the request's page."""
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return redirect(asked if safe else row.get_absolute_url())


def _do(request: HttpRequest, subject: ReferenceRequest | Candidate, permission: str, verb: Verb) -> HttpResponse:
    """Gate, act, say what was done; a refusal is said in its own words and changes nothing."""
    user = _user(request)
    row = subject.request if isinstance(subject, Candidate) else subject
    if not user.has_perm(permission, None if permission == "references.handle_requests" else subject):
        raise PermissionDenied
    try:
        messages.success(request, verb(request, subject, user))
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except DomainError as error:
        messages.error(request, error.message)
    return _back(request, row)


def on_request(permission: str) -> Callable[[Verb], Callable[..., HttpResponse]]:
    """Make a POST view of a verb on a request; who may not see the request gets 404, who may not do it 403."""

    def make(verb: Verb) -> Callable[..., HttpResponse]:
        @require_POST
        @login_required
        def view(request: HttpRequest, public_id: str) -> HttpResponse:
            rows = selectors.visible_to(_user(request)).select_related("requester__team", "activity")
            return _do(request, get_object_or_404(rows, public_id=public_id), permission, verb)

        return view

    return make


def on_candidate(permission: str) -> Callable[[Verb], Callable[..., HttpResponse]]:
    """Make a POST view of a verb on a candidate."""

    def make(verb: Verb) -> Callable[..., HttpResponse]:
        @require_POST
        @login_required
        def view(request: HttpRequest, public_id: str) -> HttpResponse:
            rows = selectors.candidates_visible_to(_user(request)).select_related(
                "request__activity", "account", "contact__person"
            )
            return _do(request, get_object_or_404(rows, public_id=public_id), permission, verb)

        return view

    return make


def filled(form: AnyForm) -> AnyForm:
    """Return the form if it is right; raise what is wrong with it as a refusal."""
    if not form.is_valid():
        name, problems = next(iter(form.errors.items()))
        label = form.fields[name].label if name in form.fields else ""
        raise DomainError(f"{label}: {problems[0]}" if label else str(problems[0]))
    return form


def _named(request: HttpRequest, user: User) -> tuple[Account, Contact | None]:
    """The customer that the button named, and whom of them."""
    account = accounts_visible_to(user).filter(public_id=request.POST.get("account", "")).first()
    if account is None:
        raise Http404
    people = contacts_visible_to(user).filter(account=account)
    return account, people.filter(public_id=request.POST.get("contact", "")).first()


def _text(request: HttpRequest) -> str:
    form = ReasonForm(request.POST)
    return str(form.cleaned_data["text"]) if form.is_valid() else ""


# ---------------------------------------------------------------- requests


@on_request("references.handle_requests")
def ask_back(request: HttpRequest, row: ReferenceRequest, user: User) -> str:
    """Ask the requester something first."""
    services.ask_back(request=row, question=_text(request), actor=user)
    return _("Asked. The clock stands still until the answer comes.")


@on_request("references.change_request")
def answer(request: HttpRequest, row: ReferenceRequest, user: User) -> str:
    """Answer the question."""
    services.answer_question(request=row, answer=_text(request), actor=user)
    return _("Thank you. The search goes on.")


@on_request("references.handle_requests")
def refuse(request: HttpRequest, row: ReferenceRequest, user: User) -> str:
    """Refuse with a reason."""
    services.refuse(request=row, reason=_text(request), actor=user)
    return _("Refused. %(name)s is told why.") % {"name": row.requester.name}


@on_request("references.settle_request")
def settle(request: HttpRequest, row: ReferenceRequest, user: User) -> str:
    """Say what became of what was passed on."""
    services.settle(request=row, answer=_text(request), actor=user)
    return _("Thank you. %(name)s is told.") % {"name": row.requester.name}


@on_request("references.change_request")
def by_content(request: HttpRequest, row: ReferenceRequest, user: User) -> str:
    """A story answers it."""
    stories = list(shareable_ids(user, request.POST.getlist("story")))
    services.answer_by_content(request=row, assets=stories, actor=user)
    return _("Answered. The page to send stands below; nobody else is asked.")


@on_request("references.handle_requests")
def line_up(request: HttpRequest, row: ReferenceRequest, user: User) -> str:
    """Put a customer next in line."""
    account, contact = _named(request, user)
    candidate = services.line_up(request=row, account=account, contact=contact, actor=user)
    return _("%(account)s is next in line, number %(n)d.") % {"account": account.name, "n": candidate.rank}


@on_request("references.handle_requests")
def mark_unfilled(request: HttpRequest, row: ReferenceRequest, user: User) -> str:
    """Give up with a reason of the list, and a sentence."""
    code = request.POST.get("reason_code") or UnfilledReason.OTHER
    services.mark_unfilled(request=row, reason=_text(request), reason_code=code, actor=user)
    return _("Noted as not filled. %(name)s is told why.") % {"name": row.requester.name}


@on_request("references.change_request")
def withdraw(request: HttpRequest, row: ReferenceRequest, user: User) -> str:
    """Take the request back."""
    services.withdraw(request=row, reason=_text(request), actor=user)
    return _("Withdrawn. Customers who were invited are told kindly.")


@on_request("references.handle_requests")
def close(request: HttpRequest, row: ReferenceRequest, user: User) -> str:
    """Close without waiting for feedback."""
    services.close(request=row, actor=user)
    return _("Closed.")


@on_request("references.handle_requests")
def propose(request: HttpRequest, row: ReferenceRequest, user: User) -> str:
    """Put a customer forward."""
    account, contact = _named(request, user)
    candidate = services.put_forward(request=row, account=account, contact=contact, actor=user)
    if candidate.state != CandidateState.OWNER_REVIEW:
        return _asked_now(candidate, _("Proposed."))
    name = candidate.approver.name if candidate.approver else ""
    return _("Proposed. %(owner)s is asked for %(account)s.") % {"owner": name, "account": account.name}


# ---------------------------------------------------------------- candidates


@on_candidate("references.decide_candidate")
def approve(request: HttpRequest, candidate: Candidate, user: User) -> str:
    """The owner agrees."""
    return _asked_now(services.owner_approve(candidate=candidate, actor=user), _("Thank you."))


def _asked_now(candidate: Candidate, first: str) -> str:
    """Say what follows on a yes of ours: the customer is asked, or somebody else before them."""
    words = {"first": first, "contact": candidate.contact.person.name, "account": candidate.account.name}
    if candidate.state == CandidateState.IN_APPROVAL:
        return _("%(first)s Before %(contact)s is asked, others have to agree: they are asked now.") % words
    if candidate.state == CandidateState.RELEASED:
        return _("%(first)s %(account)s was frozen meanwhile, so nobody is asked.") % words
    return _("%(first)s %(contact)s is asked now.") % words


@on_candidate("references.decide_candidate")
def decline(request: HttpRequest, candidate: Candidate, user: User) -> str:
    """The owner would rather not."""
    form = filled(OwnerAnswerForm(request.POST))
    services.owner_decline(candidate=candidate, actor=user, **form.cleaned_data)
    return _("Thank you. Somebody else will be asked.")


@on_candidate("references.handle_requests")
def accept(request: HttpRequest, candidate: Candidate, user: User) -> str:
    """Write down that the customer said yes."""
    form = filled(TimesForm(request.POST))
    services.customer_accept(candidate=candidate, times=form.times, actor=user)
    return _("Noted. %(name)s is told.") % {"name": candidate.request.requester.name}


@on_candidate("references.handle_requests")
def say_no(request: HttpRequest, candidate: Candidate, user: User) -> str:
    """Write down that the customer said no."""
    form = filled(CustomerNoForm(request.POST))
    services.customer_decline(candidate=candidate, actor=user, **form.cleaned_data)
    return _("Noted.")


@on_candidate("references.handle_requests")
def release(request: HttpRequest, candidate: Candidate, user: User) -> str:
    """Let the customer go."""
    services.release(candidate=candidate, actor=user, reason=_text(request))
    return _("Let go. %(account)s may be asked for other things again.") % {"account": candidate.account.name}


@on_candidate("references.arrange_candidate")
def schedule(request: HttpRequest, candidate: Candidate, user: User) -> str:
    """Choose the time."""
    form = filled(MomentForm(request.POST))
    seen = {"seen": form.cleaned_data["seen"]} if "seen" in request.POST else {}
    services.schedule(candidate=candidate, at=form.cleaned_data["at"], actor=user, **seen)
    return _("Agreed. %(contact)s gets a mail with the time.") % {"contact": candidate.contact.person.name}


@on_candidate("references.arrange_candidate")
def held(request: HttpRequest, candidate: Candidate, user: User) -> str:
    """It took place."""
    form = filled(HeldForm(request.POST))
    services.mark_delivered(candidate=candidate, actor=user, held_at=form.cleaned_data["held_at"])
    return _("Noted, and %(contact)s is thanked.") % {"contact": candidate.contact.person.name}


@on_candidate("references.arrange_candidate")
def no_show(request: HttpRequest, candidate: Candidate, user: User) -> str:
    """It did not take place."""
    services.no_show(candidate=candidate, side=request.POST.get("side", ""), actor=user)
    return _("Noted. %(contact)s is told kindly, and may offer another time.") % {
        "contact": candidate.contact.person.name
    }


@on_candidate("references.arrange_candidate")
def feedback(request: HttpRequest, candidate: Candidate, user: User) -> str:
    """The requester says how it was."""
    form = filled(FeedbackForm(request.POST))
    services.give_feedback(candidate=candidate, side=Side.REQUESTER, actor=user, **form.cleaned_data)
    return _("Thank you. %(contact)s hears that it helped.") % {"contact": candidate.contact.person.name}


@require_GET
@login_required
def calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """The entry for the calendar."""
    rows = selectors.candidates_visible_to(_user(request)).filter(scheduled_at__isnull=False)
    rows = rows.select_related("request__activity", "request__requester__person", "account", "contact__person")
    return calendar_file(get_object_or_404(rows, public_id=public_id))


def calendar_file(candidate: Candidate) -> HttpResponse:
    """Return the entry as a file."""
    response = HttpResponse(calendars.entry(candidate), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="reference.ics"'
    return response
