"""Who judges in this session: a colleague who is signed in, or somebody who came by link.

A link opens one contest for one person. The session remembers which link it was: withdrawn links close it at once.
"""

import hashlib
from typing import Any, Final

from django.contrib.auth import logout
from django.db.models import BigIntegerField, Exists, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from awards.judging import policy
from awards.judging.enums import EXPECTED
from awards.models import Judge
from refprogram.kernel.models import SignedLink
from refprogram.kernel.prepared import Given, Prepared

KEY: Final = "judging"


def _rows() -> QuerySet[Judge]:
    return Judge.objects.filter(state__in=EXPECTED).select_related("person", "contest")


_BY_PERSON = Prepared(
    lambda: _rows().filter(person=Given("person", BigIntegerField())).order_by("-contest__year", "pk")
)
_BY_LINK = Prepared(
    lambda: _rows().filter(
        Exists(SignedLink.objects.filter(pk=Given("link", BigIntegerField()), revoked_at__isnull=True)),
        pk=Given("judge", BigIntegerField()),
    )
)


def enter(request: HttpRequest, judge: Judge, link: SignedLink) -> None:
    """Let somebody in who came by link: under a new session key, and no longer as who was signed in here before."""
    if request.user.is_authenticated and request.user.person_id != judge.person_id:
        logout(request)
    request.session.cycle_key()
    until = timezone.now().timestamp() + policy.now().session_hours * 3600
    request.session[KEY] = {"judge": judge.pk, "link": link.pk, "until": until}


def leave(request: HttpRequest) -> None:
    """Shut the door behind who came by link; a colleague stays signed in."""
    request.session.pop(KEY, None)


def judges_of(request: HttpRequest) -> list[Judge]:
    """Return the appointments of whoever asks, newest contest first: all of a colleague's, or the one of the link."""
    came: dict[str, Any] | None = request.session.get(KEY)
    if request.user.is_authenticated:
        return _BY_PERSON(person=request.user.person_id)
    if not came or came["until"] < timezone.now().timestamp():
        return []
    return _BY_LINK(judge=came["judge"], link=came["link"])


def way_of(request: HttpRequest) -> str:
    """Return by which session a ballot came, as a short hash that names nobody."""
    return hashlib.sha256(f"ballot:{request.session.session_key or ''}".encode()).hexdigest()[:16]
