"""What is looked at before a customer is asked: said while the form is filled in, and enforced when it is sent."""

from django.utils.translation import gettext as _

from references.accounts.enums import Stage
from references.accounts.models import ActivityType, Opportunity
from references.requests import policy
from refprogram.kernel.templatetags import rp

STAGES = (Stage.PROSPECTING, Stage.ENGAGING, Stage.PROPOSAL)


def against_policy(*, activity: ActivityType, opportunity: Opportunity | None) -> str:
    """Return why a customer's time may not be asked for yet for this deal; empty where it may.

    What is published takes no customer's hour, and what is for no deal is judged by the program.
    """
    if opportunity is None or not activity.live:
        return ""
    figures = policy.now()
    first = Stage(figures.live_from_stage)
    if opportunity.stage in STAGES and STAGES.index(Stage(opportunity.stage)) < STAGES.index(first):
        words = {"kind": activity.name, "stage": str(first.label), "now": opportunity.get_stage_display()}
        return _("%(kind)s: from the stage “%(stage)s” on. This deal stands at “%(now)s”.") % words
    least = figures.live_from_amount
    if least and (opportunity.amount or 0) < least:
        words = {"kind": activity.name, "amount": rp.money(least)}
        return _("%(kind)s: for deals of %(amount)s or more.") % words
    return ""
