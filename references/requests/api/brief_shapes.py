"""Briefs as the API gives them."""

from typing import Any

from refprogram.kernel import api


class BriefOut(api.Schema):
    """What one side should know before they meet."""

    title: str
    lead: str
    meeting: list[tuple[str, str]]
    who: list[tuple[str, str]]
    why: list[str]
    topics: list[str]
    promised: list[str]

    @staticmethod
    def resolve_meeting(obj: Any) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in obj.meeting]

    @staticmethod
    def resolve_who(obj: Any) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in obj.who]


class BriefsOut(api.Schema):
    """Both sides' briefs."""

    us: BriefOut
    customer: BriefOut
