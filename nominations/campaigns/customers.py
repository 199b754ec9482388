"""To which customers a message of a campaign goes: filters that it keeps, as waves of surveys keep theirs."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from nominations.models import CampaignMessage
from references.accounts.enums import Tier
from references.surveys.forms import AudienceForm
from references.surveys.selectors.audience import BANDS
from refprogram.kernel.errors import InvalidInput
from refprogram.people.selectors import region_choices

LISTS: Final = ("industry", "region", "tier")
FILTERS: Final = (*LISTS, "band")


def cleaned(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters as a message keeps them; none of them means the campaign's own teams and regions.

    Raises InvalidInput, naming the field, for a tier, a region or a group that there is not.
    """
    kept: dict[str, Any] = {name: sorted({str(one) for one in given[name]}) for name in LISTS if given.get(name)}
    known = {"tier": set(Tier.values), "region": {public_id for public_id, _name in region_choices()}}
    for name, values in known.items():
        if set(kept.get(name, ())) - values:
            words = _("There is no such choice.")
            raise InvalidInput(words, errors={name: words})
    band = str(given.get("band") or "")
    if band and band not in BANDS:
        words = _("Choose a group by their last score.")
        raise InvalidInput(words, errors={"band": words})
    return kept | ({"band": band} if band else {})


def regions_of(messages: Iterable[CampaignMessage]) -> Mapping[str, str]:
    """Return the names of all regions, if a message asks in some; one query, or none."""
    return dict(region_choices()) if any(message.customers.get("region") for message in messages) else {}


def words_of(filters: Mapping[str, Any], regions: Mapping[str, str]) -> str:
    """Return whom they name: "Banking, Insurance · Gold · Promoters (9 and 10)"; empty for none."""
    names: dict[str, Mapping[str, Any]] = {"region": regions, "tier": dict(Tier.choices)}
    parts = [", ".join(str(names.get(name, {}).get(one, one)) for one in filters.get(name, ())) for name in LISTS]
    bands = dict(AudienceForm.base_fields["band"].choices)  # type: ignore[attr-defined]
    return " · ".join(part for part in (*parts, str(bands[filters["band"]]) if filters.get("band") else "") if part)
