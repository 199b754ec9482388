"""What is known of customers, over the API."""

from references.profiles.api import corrections, masked, outcomes, programs, readiness
from references.profiles.api.doors import router

__all__ = ["corrections", "masked", "outcomes", "programs", "readiness", "router"]
