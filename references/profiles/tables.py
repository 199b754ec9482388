"""The tables of this room."""

from django.utils.translation import gettext_lazy as _

from references.profiles import shown
from references.profiles.enums import CorrectionState
from references.profiles.models import Correction, Outcome
from refprogram.kernel import tables


def _readings(outcome: Outcome) -> str:
    return shown.change_of(outcome).readings


def _share(outcome: Outcome) -> str:
    return shown.change_of(outcome).words


def _verified(outcome: Outcome) -> str:
    return str(shown.outcome_pill(outcome).word)


def _url(outcome: Outcome) -> str:
    return outcome.get_absolute_url()


class OutcomeTable(tables.Table):
    """What got better at customers."""

    row_id = "public_id"

    metric = tables.NameColumn(
        _("Measure"), "metric", url=_url, avatar="", small="period", order_by="metric", related=("account",)
    )
    account = tables.TextColumn(_("Customer"), "account.name", order_by="account__name", phone="wide")
    industry = tables.TextColumn(_("Industry"), "account.industry", order_by="account__industry")
    readings = tables.TextColumn(_("Before → after"), _readings, nowrap=True)
    share = tables.PillColumn(
        _("Change"), shown.change_pill, csv=_share, order_by="share", desc_first=True, nulls_last=True, phone="end"
    )
    verified = tables.PillColumn(
        _("Verified"), shown.outcome_pill, csv=_verified, order_by="verified_at", desc_first=True, nulls_last=True
    )
    by = tables.OwnerColumn(_("Verified by"), "verified_by.person.name", order_by="verified_by__person__name")


CORRECTIONS = {
    CorrectionState.PROPOSED: tables.Pill(CorrectionState.PROPOSED.label, "wait"),
    CorrectionState.SENT: tables.Pill(CorrectionState.SENT.label, "info"),
    CorrectionState.DONE: tables.Pill(CorrectionState.DONE.label, "ok"),
    CorrectionState.REFUSED: tables.Pill(CorrectionState.REFUSED.label, "stop"),
}


def _account_url(row: Correction) -> str:
    return row.account.get_absolute_url()


class CorrectionTable(tables.Table):
    """What the CRM should say instead."""

    row_id = "public_id"

    account = tables.NameColumn(
        _("Customer"), "account.name", url=_account_url, order_by="account__name", related=("account",)
    )
    ref = tables.TextColumn(_("Id in the CRM"), "account.external_ref", muted=True, order_by="account__external_ref")
    field = tables.TextColumn(_("Field"), shown.field_words, order_by="field", phone="wide")
    stood = tables.TextColumn(_("The CRM says"), "stood", nothing="–")
    proposed = tables.TextColumn(_("It should say"), "proposed", order_by="proposed", nothing="–", phone="wide")
    note = tables.TextColumn(_("Note"), "note", muted=True)
    state = tables.PillColumn(_("State"), "state", words=CORRECTIONS, order_by="state", phone="end")
    by = tables.OwnerColumn(_("Proposed by"), "proposed_by.person.name", order_by="proposed_by__person__name")
    since = tables.AgoColumn(_("Since"), "created_at", order_by="created_at")
