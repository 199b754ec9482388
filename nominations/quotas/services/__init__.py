"""The verbs of this room."""

from nominations.quotas.services.counting import settle
from nominations.quotas.services.objections import answer, object_to, waive
from nominations.quotas.services.periods import daily, go_on
from nominations.quotas.services.plans import change, write
from nominations.quotas.services.shares import draw_up

__all__ = ["answer", "change", "daily", "draw_up", "go_on", "object_to", "settle", "waive", "write"]
