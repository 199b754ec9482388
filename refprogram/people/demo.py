"""Demo sign-ins on the sign-in page, only while DEMO is on."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest

from refprogram.people import selectors

PASSWORD: Final = "demo"  # noqa: S105 - the demo company's door stands open on purpose
DOMAIN: Final = "demo.example"
NAMES: Final = (
    *("marketer", "rep", "support", "manager", "sales-head", "executive", "finance", "legal", "judge", "admin"),
)


def address(name: str) -> str:
    """Return the e-mail address of a demo sign-in."""
    return f"{name}@{DOMAIN}"


def sign_ins(request: HttpRequest) -> dict[str, Any]:
    """Offer one button per role on the sign-in page: who is there, in the order of the roles."""
    match = request.resolver_match
    if not settings.DEMO or match is None or match.url_name != "account_login":
        return {}
    there = {user.email: user for user in selectors.colleagues().filter(email__endswith=f"@{DOMAIN}")}
    people = [there[address(name)] for name in NAMES if address(name) in there]
    return {
        "demo_signins": [{"email": user.email, "label": user.get_role_display(), "who": user.name} for user in people]
    }
