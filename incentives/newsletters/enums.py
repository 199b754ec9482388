"""How far an issue is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class IssueState(TextChoices):
    """Nothing leaves before somebody sends it; then it cannot be called back."""

    DRAFT = "draft", _("draft")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    DROPPED = "dropped", _("dropped")


ISSUE_MOVES: Moves = {
    IssueState.DRAFT: {IssueState.SENDING, IssueState.DROPPED},
    IssueState.SENDING: {IssueState.SENT},
}
OUT = (IssueState.SENDING, IssueState.SENT)
