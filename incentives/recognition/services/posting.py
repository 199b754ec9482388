"""What stands in the feed: posted by what happened, once; taken down with what it is about, or by hand."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.recognition.enums import PostKind
from incentives.recognition.models import FeedPost
from refprogram.kernel.errors import NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User


@transaction.atomic
def post(*, kind: PostKind, key: str, at: dt.datetime, **about: Any) -> FeedPost:
    """Post one thing. The same key again changes nothing."""
    row, _made = FeedPost.objects.get_or_create(key=key, defaults={"kind": kind, "at": at, **about})
    return row


@transaction.atomic
def take_down(*, key: str) -> None:
    """Take down what is not true any more. Twice is once."""
    FeedPost.objects.filter(key=key, hidden_at__isnull=True).update(hidden_at=timezone.now())


@transaction.atomic
def hide_post(*, row: FeedPost, actor: User) -> FeedPost:
    """Take something out of the feed: whom it is about, and who runs recognition, may."""
    held = FeedPost.objects.select_for_update().get(pk=row.pk)
    if actor.person_id != held.person_id and not actor.has_perm("incentives.run_recognition"):
        raise NotAllowed(_("It is taken out by whom it is about, or by who runs recognition."))
    if held.hidden_at is None:
        held.hidden_at, held.hidden_by = timezone.now(), actor
        held.save(update_fields=["hidden_at", "hidden_by"])
        emit("post.hidden", subject=held, actor_id=actor.person_id, payload={"person": held.person_id})
    return held
