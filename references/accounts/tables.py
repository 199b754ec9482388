"""The tables of this room."""

from django.utils.translation import gettext_lazy as _

from references.accounts import columns
from references.accounts.enums import Stage, Tier
from refprogram.kernel import tables
from refprogram.kernel.cells import Cell, once
from refprogram.people.models import User


class TierColumn(tables.TextColumn):
    """The tier's name."""

    def write(self) -> Cell:
        """Return the name, put into the reader's language once per tier."""
        return once(lambda tier: str(Tier(tier).label))


class AccountTable(tables.Table):
    """The account list. The availability column depends on who looks: see `columns_for`."""

    name = tables.NameColumn(_("Account"), "name", small=columns.place, order_by="name")
    industry = tables.TextColumn(_("Industry"), "industry", order_by="industry")
    region = tables.TextColumn(_("Region"), "region.name", order_by="region__name")
    products = tables.TextColumn(_("Products"), columns.product_names)
    tier = TierColumn(_("Tier"), "tier", csv=columns.tier, order_by="tier_rank", phone="end")
    fatigue = tables.NumberColumn(
        _("Fatigue"), columns.tiredness, order_by="fatigue_key", desc_first=True, nulls_last=True, nothing=_("none")
    )
    readiness = tables.NumberColumn(
        _("Readiness"), "readiness", order_by="readiness", desc_first=True, nulls_last=True, nothing=_("not yet")
    )
    owner = tables.OwnerColumn(_("Owner"), "owner.person.name", order_by="owner__person__name")
    asked = tables.AgoColumn(
        _("Last asked"), "last_asked_at", order_by="last_asked_at", nothing=_("Never"), desc_first=True, nulls_last=True
    )

    @classmethod
    def columns_for(cls, viewer: User) -> dict[str, tables.Column]:
        """Return the columns as this viewer may read them, availability before fatigue."""
        known = dict(cls.declared())
        pill = tables.PillColumn(_("Availability"), columns.availability_for(viewer), phone="wide")
        found: dict[str, tables.Column] = {}
        for name, column in known.items():
            if name == "fatigue":
                found["availability"] = pill
            found[name] = column
        return found


STAGES = {
    Stage.PROSPECTING: tables.Pill(Stage.PROSPECTING.label),
    Stage.ENGAGING: tables.Pill(Stage.ENGAGING.label, "info"),
    Stage.PROPOSAL: tables.Pill(Stage.PROPOSAL.label, "info"),
    Stage.WON: tables.Pill(Stage.WON.label, "ok"),
    Stage.LOST: tables.Pill(Stage.LOST.label),
}


class OpportunityTable(tables.Table):
    """Deals from the CRM."""

    name = tables.NameColumn(
        _("Deal"), columns.deal, small="external_ref", order_by="name", related=("account",),
        csv=columns.deal,
    )  # fmt: skip
    account = tables.TextColumn(_("Account"), "account.name", order_by="account__name", nothing=_("unknown"))
    product = tables.TextColumn(_("Product"), "product.name", order_by="product__name")
    amount = tables.MoneyColumn(
        _("Amount"), "amount", order_by="amount", desc_first=True, nulls_last=True, phone="end", nothing=_("unknown")
    )
    stage = tables.PillColumn(_("Stage"), "stage", words=STAGES, phone="wide")
    closes = tables.DateColumn(_("Closes"), "closes_on", order_by="closes_on", desc_first=True, nulls_last=True)
    owner = tables.OwnerColumn(_("Owner"), "owner.person.name", order_by="owner__person__name")
