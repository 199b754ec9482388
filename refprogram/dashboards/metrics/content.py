"""Facts about stories: what they bring and cost, and how long what customers agreed to still holds."""

from functools import cached_property
from typing import Any

from references.content.models import Asset
from references.content.selectors.figures import Figures, figures


class Content:
    """Stories as they stand; nothing of it is known of a past day."""

    @cached_property
    def figures(self) -> Figures:
        """Everything that the room itself shows in figures: four queries."""
        return figures(Asset.objects.all())

    @cached_property
    def brought(self) -> dict[str, int]:
        """Deals with a share page, and those of them that looked at it and were won."""
        return {"shared": self.figures.shared, "won": self.figures.won}

    @cached_property
    def made(self) -> dict[str, Any]:
        """What stories cost, and how many of them are used."""
        return {"cost": str(self.figures.cost), "used": self.figures.used}

    @cached_property
    def consent(self) -> dict[str, int]:
        """Published stories, and those whose every consent holds for a while."""
        return {"published": self.figures.published, "healthy": self.figures.healthy}
