"""What the winner's own page shows of promotion: the way to badge, certificate and cards."""

from typing import Any

from django.utils.translation import gettext as _

from awards.models import Award
from awards.promotion.addresses import known_address


def kit(award: Award) -> tuple[str, str, dict[str, Any]] | None:
    """Lead to the kit, once its address was mailed."""
    owner = award.place.entry.owner
    url = known_address(award, owner) if owner is not None else ""
    return (_("Badge, certificate, words to post"), "awards/promotion/panel.html", {"url": url}) if url else None
