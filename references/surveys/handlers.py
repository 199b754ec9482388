"""What this room does when something happened."""

from django.utils.translation import gettext as _

from references.accounts.models import Account
from references.surveys import policy
from references.surveys.enums import SurveyKind
from refprogram.kernel.models import Event
from refprogram.notices.services import tell


def tell_owner_of_low_score(event: Event) -> None:
    """Tell who owns the account that a customer is not happy: somebody should call before we ask for anything."""
    score, kind = event.payload.get("score"), event.payload["kind"]
    figures = policy.now()
    low = {SurveyKind.NPS: figures.low_nps, SurveyKind.CSAT: figures.low_csat}
    if score is None or score > low.get(kind, -1):
        return
    account = Account.objects.select_related("owner__person").filter(pk=event.account_id or 0).first()
    if account is None or account.owner is None:
        return
    tell(
        person=account.owner.person,
        kind="references.low_score",
        key=f"low-score:{event.pk}",
        text=_("%(account)s answered a survey with %(score)d. Call them before anybody asks them for something.")
        % {"account": account.name, "score": score},
        url=account.get_absolute_url(),
    )
