"""`Idempotency-Key`: a write that is sent again gives the first answer and does nothing.

The key's row is inserted in the transaction of the write: whoever sends the same key meanwhile waits for its end. What
a write refused is kept as well, with nothing of what it did; what broke on our side is not, so that it may be repeated.
"""

import datetime as dt
import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel.api_problems import MEDIA_TYPE, FieldError, problem
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import IdempotencyKey

HEADER = "Idempotency-Key"
LONGEST = 200
KEPT = dt.timedelta(days=7)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

Run = Callable[..., HttpResponse]


class _TakenBackError(Exception):
    """Ends the inner transaction of a write that was refused."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def once(authenticate: Callable[[HttpRequest], Any]) -> Callable[[Run], Run]:
    """Return the decorator of every operation; `authenticate` tells whose key it is (None: the operation says 401)."""

    def decorate(run: Run) -> Run:
        @functools.wraps(run)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            key = request.headers.get(HEADER, "")
            if not key or request.method in SAFE_METHODS or not _is_known(authenticate, request):
                return run(request, **kwargs)
            if len(key) > LONGEST or "\x00" in key:
                message = _("An Idempotency-Key has at most 200 characters.")
                return problem(request, 422, "invalid", message, errors=[FieldError(HEADER, message)])
            with transaction.atomic():
                return _first_or_same(request, key, lambda: run(request, **kwargs))

        return answer

    return decorate


def _is_known(authenticate: Callable[[HttpRequest], Any], request: HttpRequest) -> bool:
    """Whether the sender may write at all; if not, the operation itself says why."""
    try:
        return bool(authenticate(request))
    except DomainError:
        return False


def _first_or_same(request: HttpRequest, key: str, run: Callable[[], HttpResponse]) -> HttpResponse:
    """Run, or give the first answer. Inside a transaction: the row's insertion is the lock."""
    fingerprint = _fingerprint(request)
    author = request.user.pk or 0  # known: the caller asked
    mine = {"user_id": author, "key": key}
    IdempotencyKey.objects.filter(user_id=author, created_at__lt=timezone.now() - KEPT).delete()
    IdempotencyKey.objects.bulk_create([IdempotencyKey(**mine, request_hash=fingerprint)], ignore_conflicts=True)
    kept = IdempotencyKey.objects.select_for_update().get(**mine)
    if kept.request_hash != fingerprint:
        return problem(request, 409, "key-reused", _("This Idempotency-Key was used for another request."))
    if kept.status is not None:
        return _again(kept)
    response = _run_whole(run)
    if response.status_code >= 500:
        transaction.set_rollback(True)
        return response
    kept.status, kept.body = response.status_code, response.content.decode()
    kept.save(update_fields=["status", "body"])
    return response


def _run_whole(run: Callable[[], HttpResponse]) -> HttpResponse:
    """Run; an answer that is an error takes back whatever was done before it was found."""
    try:
        with transaction.atomic():
            response = run()
            if response.status_code >= 400:
                raise _TakenBackError(response)
    except _TakenBackError as refused:
        return refused.response
    return response


def _again(kept: IdempotencyKey) -> HttpResponse:
    assert kept.status is not None  # noqa: S101 - the caller looked
    kind = MEDIA_TYPE if kept.status >= 400 else "application/json"
    response = HttpResponse(kept.body, status=kept.status, content_type=kind)
    response["Idempotent-Replayed"] = "true"
    return response


def _fingerprint(request: HttpRequest) -> str:
    """Return the hash of method, address and what was sent; an upload is read in pieces and wound back."""
    found = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if not str(request.content_type).startswith("multipart/"):
        found.update(request.body)
        return found.hexdigest()
    for name, values in sorted(request.POST.lists()):
        found.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            found.update(repr((name, file.name)).encode())
            for piece in file.chunks():
                found.update(piece)
            file.seek(0)
    return found.hexdigest()
