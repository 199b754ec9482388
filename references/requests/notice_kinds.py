"""What people are told about reference requests."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

PROGRAM = (Role.MARKETER, Role.ADMIN)
COLLEAGUES = tuple(role for role in Role if role != Role.JUDGE)

KINDS = [
    Kind("request.new", _("A new reference request"), _("you run the reference program"), roles=PROGRAM),
    Kind(
        "request.stuck",
        _("A customer or owner declined, or a request runs late"),
        _("you run the reference program"),
        roles=PROGRAM,
    ),
    Kind(
        "request.passed_on",
        _("A request for a reference that was passed on to you"),
        _("you can help with it"),
        roles=COLLEAGUES,
    ),
    Kind("request.answer", _("News of a reference you asked for"), _("you asked for a reference"), roles=COLLEAGUES),
    Kind(
        "candidate.approval",
        _("Somebody wants to ask a customer of yours"),
        _("you answer for this account"),
        roles=COLLEAGUES,
    ),
    Kind("reference.feedback", _("How did the reference go?"), _("you asked for a reference"), roles=COLLEAGUES),
    Kind(
        "customer.ask",
        _("A request to you as a reference"),
        _("you agreed to be a reference for us"),
        required=True,
        customers=True,
    ),
    Kind(
        "customer.date",
        _("What was agreed with you as a reference"),
        _("you agreed to this conversation"),
        required=True,
        customers=True,
    ),
    Kind("customer.thanks", _("Thanks, and how it went"), _("you spoke for us as a reference"), customers=True),
]
