"""The tables of this room."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from references.accounts.models import Account
from references.accounts.selectors.availability import state_of, tone_of, word_of
from references.profiles import masks, shown
from references.profiles.enums import CorrectionState, ParticipationState
from references.profiles.models import Correction, LinkedProgram, Outcome, Participation, Unmasking
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
    CorrectionState.PROPOSED: tables.Pill(_("Proposed"), "wait"),
    CorrectionState.SENT: tables.Pill(_("Sent to the CRM"), "info"),
    CorrectionState.DONE: tables.Pill(_("The CRM says so now"), "ok"),
    CorrectionState.REFUSED: tables.Pill(_("Refused"), "stop"),
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


def _unmask_url(account: Account) -> str:
    return reverse("references:account-unmask", args=[account.public_id])


def _availability(account: Account) -> tables.Pill:
    state = state_of(account)
    return tables.Pill(word_of(account.state, state), tone_of(account, state))


def _availability_word(account: Account) -> str:
    return str(_availability(account).word)


def _unmasked_url(row: Unmasking) -> str:
    return row.account.get_absolute_url()


class MaskedTable(tables.Table):
    """References whose names the reader does not know: what kind of company, and whether it may be asked."""

    row_id = "public_id"

    mask = tables.NameColumn(_("Customer"), masks.mask_of, url=_unmask_url, avatar="", related=("region",))
    tier = tables.TextColumn(_("Tier"), "get_tier_display", phone="end")
    availability = tables.PillColumn(_("Availability"), _availability, csv=_availability_word, phone="wide")


class UnmaskingTable(tables.Table):
    """Who was shown which masked name."""

    row_id = "pk"

    account = tables.NameColumn(
        _("Customer"), "account.name", url=_unmasked_url, order_by="account__name", related=("account",)
    )
    who = tables.OwnerColumn(_("Shown to"), "user.person.name", order_by="user__person__name")
    reason = tables.TextColumn(_("What for"), "reason", phone="wide")
    at = tables.DateColumn(_("When"), "at", order_by="at", with_time=True, desc_first=True, phone="end")
    until = tables.DateColumn(_("Until"), "until", order_by="until", with_time=True)


def _program_state(row: LinkedProgram) -> tables.Pill:
    return tables.Pill(_("Ended")) if row.ended_on else tables.Pill(_("Runs"), "ok")


def _program_word(row: LinkedProgram) -> str:
    return str(_program_state(row).word)


class ProgramTable(tables.Table):
    """Programs that ask the same customers."""

    row_id = "public_id"

    name = tables.NameColumn(_("Program"), "name", avatar="", order_by="name")
    kind = tables.TextColumn(_("Kind"), "get_kind_display", order_by="kind", phone="wide")
    members = tables.NumberColumn(_("Take part"), "members", order_by="members", desc_first=True)
    cap = tables.NumberColumn(
        _("Asks in three months"), "cap_per_quarter", order_by="cap_per_quarter", nulls_last=True, nothing=_("no cap")
    )
    owner = tables.OwnerColumn(_("Run by"), "owner.person.name", order_by="owner__person__name")
    state = tables.PillColumn(_("State"), _program_state, csv=_program_word, order_by="ended_on", phone="end")


PARTICIPATIONS = {
    ParticipationState.INVITED: tables.Pill(_("Invited"), "wait"),
    ParticipationState.ACTIVE: tables.Pill(_("Takes part"), "ok"),
    ParticipationState.ENDED: tables.Pill(_("Ended")),
}


def _contact_url(row: Participation) -> str:
    return row.contact.get_absolute_url()


class ParticipationTable(tables.Table):
    """Who takes part in a program."""

    contact = tables.NameColumn(
        _("Who"), "contact.person.name", url=_contact_url, avatar="person", small="account.name",
        related=("contact__person", "account"),
    )  # fmt: skip
    since = tables.DateColumn(_("Since"), "since")
    until = tables.DateColumn(_("Until"), "until")
    state = tables.PillColumn(_("State"), "state", words=PARTICIPATIONS, phone="end")


def _member_url(row: Participation) -> str:
    return row.account.get_absolute_url()


class MemberTable(tables.Table):
    """Everybody who takes part in something, with what they agreed to: the page and its file."""

    row_id = "public_id"

    contact = tables.NameColumn(
        _("Who"), "contact.person.name", url=_member_url, avatar="person", small="account.name",
        order_by="contact__person__name", related=("contact__person", "account"), csv="contact__person__name",
    )  # fmt: skip
    account = tables.TextColumn(_("Customer"), "account.name", order_by="account__name", csv="account__name")
    program = tables.TextColumn(
        _("Program"), "program.name", order_by="program__name", phone="wide", csv="program__name"
    )
    cap = tables.NumberColumn(
        _("Asks in three months"), "program.cap_per_quarter", order_by="program__cap_per_quarter", nulls_last=True,
        nothing=_("no cap"), csv="program__cap_per_quarter",
    )  # fmt: skip
    since = tables.DateColumn(_("Since"), "since", order_by="since", csv="since")
    until = tables.DateColumn(_("Until"), "until", order_by="until", nulls_last=True, csv="until")
    state = tables.PillColumn(_("State"), "state", words=PARTICIPATIONS, order_by="state", phone="end")
