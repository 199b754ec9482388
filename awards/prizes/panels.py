"""What the winner's own page shows of prizes: which there are, and how far each is."""

from typing import Any

from django.utils.translation import gettext as _

from awards.models import Award
from awards.prizes import selectors, standing


def prizes(award: Award) -> tuple[str, str, dict[str, Any]] | None:
    """Show how far the prizes of an award are; choosing is the business of the link in their own mail."""
    rows = [(row, standing.for_winner(row)) for row in selectors.of_award(award)]
    if not rows:
        return None
    choosing = any(row.state == "offered" for row, _pill in rows)
    return _("Your prizes"), "awards/prizes/panel.html", {"rows": rows, "choosing": choosing}
