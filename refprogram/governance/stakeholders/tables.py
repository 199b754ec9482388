"""How stakeholders are listed."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.stakeholders.models import Stakeholder
from refprogram.kernel import tables


def _needs(row: Stakeholder) -> str:
    met = row.needs - row.unmet  # type: ignore[attr-defined]
    return _("%(met)d of %(of)d") % {"met": met, "of": row.needs} if row.needs else ""  # type: ignore[attr-defined]


class StakeholderTable(tables.Table):
    """One line per stakeholder: how much they count, what they lack, how they are, when they were spoken to."""

    name = tables.NameColumn(_("Stakeholder"), "name", avatar="person", small="part", order_by="name")
    group = tables.TextColumn(_("Group"), "group.name", order_by="group__name", phone="wide", nowrap=True)
    influence = tables.NumberColumn(_("Influence"), "influence", order_by="influence", desc_first=True, phone="end")
    interest = tables.NumberColumn(_("Interest"), "interest", order_by="interest", desc_first=True)
    needs = tables.TextColumn(_("Needs met"), _needs, csv=_needs, named=True)
    pulse = tables.NumberColumn(_("Last pulse"), "pulse", nothing="–")
    contacted = tables.DateColumn(
        _("Last contact"), "contacted_on", order_by="contacted_on", nothing=_("Never"), phone="wide"
    )
    keeper = tables.OwnerColumn(_("Kept by"), "keeper.person.name", order_by="keeper__person__name")
