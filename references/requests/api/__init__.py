"""Reference requests and the customers tried for them, over the API."""

from references.requests.api import candidates, gifts, requests
from references.requests.api.doors import router

__all__ = ["candidates", "gifts", "requests", "router"]
