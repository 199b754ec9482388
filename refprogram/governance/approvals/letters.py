"""The mails of this room: one decision, one button each. Their words lie in templates/governance/mail/."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from refprogram.governance.approvals.models import Approval, Decision, Turn
from refprogram.governance.approvals.seats import Seat
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute
from refprogram.notices.services import Letter

# Written while the mail is, so that the reader's own zone and language hold.
exactly = lazy(rp.exact, str)


def page_of(row: Approval) -> str:
    """Return the approval's address as a mail needs it."""
    return absolute(row.get_absolute_url())


def _facts(row: Approval) -> list[tuple[str, Any]]:
    facts = [
        (_("Asked by"), row.requester.name),
        (_("Kind"), row.get_kind_display()),
        (_("Amount"), rp.money(row.amount) if row.amount is not None else ""),
        (_("Why"), row.reason),
        (_("Question"), row.question if row.answer else ""),
        (_("Answer"), row.answer),
    ]
    return [fact for fact in facts if fact[1]]


def asked(turn: Turn, seat: Seat, link: str) -> Letter:
    """To an approver: may this go ahead?"""
    row = turn.approval
    lead = _("For you to decide")
    if seat.in_name_of is not None:
        lead = _("For you to decide in place of %(name)s") % {"name": seat.in_name_of.name}
    return Letter(
        _("Approve? %(label)s") % {"label": row.label},
        "governance/approval_asked",
        {
            "lead": lead,
            "row": row,
            "facts": [*_facts(row), (_("Why you"), turn.why), (_("Please answer by"), exactly(turn.due_at))],
            "action_label": _("Open and decide"),
            "action_url": link,
            "alternatives": [(_("Reject or ask a question"), f"{link}?answer=no"), (_("Read all of it"), page_of(row))],
            "fine": _(
                "No sign-in is needed: the button opens a page that asks you once more. The link is yours alone."
            ),
        },
    )


def decided(row: Approval, last: Decision | None) -> Letter:
    """To who asked: the answer."""
    words = {"label": row.label}
    subject = _("Approved: %(label)s") % words if row.state == "approved" else _("Rejected: %(label)s") % words
    return Letter(
        subject,
        "governance/approval_decided",
        {
            "row": row,
            "last": last,
            "facts": _facts(row),
            "action_label": _("Open the approval"),
            "action_url": page_of(row),
        },
    )


def question(row: Approval, by: str) -> Letter:
    """To who asked: an approver wants to know something first."""
    return Letter(
        _("A question about: %(label)s") % {"label": row.label},
        "governance/approval_question",
        {"row": row, "by": by, "action_label": _("Answer"), "action_url": page_of(row)},
    )


def stuck(turn: Turn) -> Letter:
    """To administrators: nobody can decide this."""
    row = turn.approval
    return Letter(
        _("Nobody can decide: %(label)s") % {"label": row.label},
        "governance/approval_stuck",
        {
            "row": row,
            "why": turn.why,
            "facts": _facts(row),
            "action_label": _("See who was passed over"),
            "action_url": page_of(row),
        },
    )
