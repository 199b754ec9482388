"""What this room does when something happened. Each is safe to run twice."""

from django.utils.translation import gettext as _

from references.accounts import wording
from references.content import policy, services
from references.content.enums import AssetState, ReviewAnswer
from references.content.models import Board, CustomerReview
from refprogram.governance.approvals.models import Approval
from refprogram.kernel import links
from refprogram.kernel.models import Event
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User


def _review(event: Event) -> CustomerReview:
    rows = CustomerReview.objects.select_related(
        "contact__person", "asset__account", "asset__owner__person", "asked_by__person", "version"
    )
    return rows.get(pk=event.payload["review"])


def send_draft(event: Event) -> None:
    """Write to the customer: please read this. One button, no sign-in."""
    review = _review(event)
    if review.answered_at is not None or review.asset.state != AssetState.CUSTOMER_REVIEW:
        return
    person = review.contact.person
    subject = _("May this go out? %(title)s") % {"title": review.asset.title}
    tell(
        person=person,
        kind="references.draft_review",
        key=f"draft:{review.public_id}",
        text=subject,
        letter=Letter(
            subject=subject,
            template="references/draft_review",
            context={
                "lead": _("Dear %(name)s,") % {"name": person.name},
                "asker": review.asked_by.name if review.asked_by else wording.program_of(),
                "title": review.asset.title,
                "kind": review.asset.get_kind_display(),
                "action_label": _("Read it"),
                "action_url": links.issue(
                    purpose="draft_review", subject=review, person_id=person.pk, days=policy.REVIEW_LINK_DAYS
                ),
                "fine": _("You can change any word on the same page. Nothing goes out before you said yes."),
            },
        ),
    )


def tell_of_review(event: Event) -> None:
    """The customer answered: who sent it, and who looks after the story, hear."""
    review = _review(event)
    words = {
        ReviewAnswer.YES: _("%(name)s says yes: %(title)s"),
        ReviewAnswer.EDITED: _("%(name)s says yes, with changes: %(title)s"),
        ReviewAnswer.NO: _("%(name)s does not want it to go out: %(title)s"),
    }
    text = words[ReviewAnswer(review.answer)] % {"name": review.contact.person.name, "title": review.asset.title}
    for user in {one.pk: one for one in (review.asked_by, review.asset.owner) if one is not None}.values():
        tell(
            person=user.person,
            kind="references.draft_answered",
            key=f"draft-answered:{review.public_id}",
            text=text,
            url=review.asset.get_absolute_url(),
        )


def carry_out(event: Event) -> None:
    """Legal decided on a story."""
    approval = Approval.objects.get(pk=event.subject_id)
    if approval.subject_type != "asset":
        return
    by = User.objects.filter(person_id=event.actor_id).first() if event.actor_id else None
    services.decide_on_asset(approval=approval, by=by)


def tell_of_first_look(event: Event) -> None:
    """Somebody looked at a share page for the first time: its maker hears, and can follow up."""
    board = Board.objects.select_related("made_by__person").get(pk=event.subject_id)
    tell(
        person=board.made_by.person,
        kind="references.board_seen",
        key=f"board-seen:{board.public_id}",
        text=_("Your share page was looked at: %(title)s") % {"title": board.title},
        url=board.get_absolute_url(),
    )
