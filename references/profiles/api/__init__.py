"""What is known of customers, over the API."""

from references.profiles.api import corrections, outcomes, readiness
from references.profiles.api.doors import router

__all__ = ["corrections", "outcomes", "readiness", "router"]
