"""Panels of face time inside the page of an account and of a contact."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from references.accounts import selectors as accounts
from references.facetime.checks import objections
from references.facetime.subjects import of_account
from refprogram.governance.facetime import panels
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

SEE = "governance.see_face_time"
TEMPLATE = "governance/facetime/panel.html"


@permission_required(SEE)
@require_safe
def account_panel(request: MemberRequest, public_id: str) -> HttpResponse:
    """Talks of an account with our executives, and what may stand against another one."""
    row = accounts.VISIBLE.or_404(request.user, public_id=public_id)
    why_not = next((one.text for one in objections(of_account(row), [], request.user) if one.final), "")
    context = panels.of_account(row.pk, request.user, address=f"account:{public_id}", why_not=why_not)
    return render(request, TEMPLATE, context)


@permission_required(SEE)
@require_safe
def contact_panel(request: MemberRequest, public_id: str) -> HttpResponse:
    """Talks to which one of a customer's people is invited."""
    row = get_object_or_404(accounts.contacts_visible_to(request.user), public_id=public_id)
    return render(request, TEMPLATE, panels.of_person(row.person_id, request.user, address=f"contact:{public_id}"))
