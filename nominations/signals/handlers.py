"""News that the stream tells. Each is safe to run twice."""

from django.utils.translation import gettext as _

from nominations import selectors as nominations
from nominations.enums import NominationState
from nominations.signals import drafting, letters
from nominations.signals.enums import Signal
from nominations.signals.selectors import rule_of
from references.accounts import selectors as accounts
from references.models import Account, Freeze
from refprogram.kernel.models import Event
from refprogram.people.enums import Role

SURVEYS = {"nps": Signal.NPS, "csat": Signal.CSAT}


def hear_survey(event: Event) -> None:
    """A customer answered a survey: a high score drafts a nomination."""
    signal, score = SURVEYS.get(event.payload["kind"]), event.payload.get("score")
    if signal is None or score is None or event.account_id is None or score < rule_of(signal).least:
        return
    drafting.draft(
        signal=signal,
        account=Account(pk=event.account_id),
        source=("surveyinvitation", event.subject_id),
        why=_("They answered a survey with %(score)d.") % {"score": score},
    )


def hear_recovery(event: Event) -> None:
    """A while after a solved escalation: a draft for support, who helped them; else for who answers for the account."""
    account = Account.objects.select_related("owner__team", "csm").get(pk=event.subject_id)
    freeze = Freeze.objects.select_related("imposed_by").get(pk=event.payload["freeze"])
    named = [one for one in (account.csm, freeze.imposed_by) if one is not None and one.role == Role.SUPPORT]
    colleague = next((one for one in named if one.is_active), None) or accounts.answers_for(account)
    if colleague is not None:
        drafting.draft(
            signal=Signal.RECOVERED,
            account=account,
            source=("freeze", freeze.pk),
            why=_("An escalation was solved, and they are well again."),
            colleague=colleague,
        )


def tell_of_draft(event: Event) -> None:
    """A nomination was drafted: whom it waits for hears so."""
    nomination = nominations.by_id(event.subject_id)
    if nomination.state == NominationState.DRAFT:
        letters.tell_of_draft(nomination)
