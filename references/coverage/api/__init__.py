"""Coverage over the API: the map, its targets and trend, the forecast, recruiting targets, plans."""

from references.coverage.api import maps, plans, recruiting
from references.coverage.api.doors import router

__all__ = ["maps", "plans", "recruiting", "router"]
