"""What happens to batches and the names in them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from references.requests.events import concerned
from refprogram.kernel.topics import Topic

_REFS = {"requester": "person", "batch": "requestbatch", "contact": "contact"}


def _batch(name: str, sentence: Any, *, tone: str, icon: str) -> Topic:
    return Topic(
        name, sentence, fields=("requester",), refs={"requester": "person"}, visible=concerned, tone=tone, icon=icon,
        silent=True,
    )  # fmt: skip


def _name(name: str, sentence: Any, *, tone: str, icon: str, silent: bool = False) -> Topic:
    return Topic(
        name, sentence, fields=("requester", "batch", "contact"), refs=_REFS, visible=concerned, tone=tone, icon=icon,
        silent=silent,
    )  # fmt: skip


TOPICS = [
    _batch("batch.made", _("{actor} collects names: {subject}"), tone="info", icon="list"),
    _batch("batch.changed", _("{actor} changed {subject}"), tone="idle", icon="edit"),
    _batch("batch.handed_over", _("{actor} handed {subject} over"), tone="ok", icon="send"),
    _batch("batch.reopened", _("{actor} collects further names: {subject}"), tone="info", icon="undo"),
    _batch("batch.closed", _("{actor} closed {subject}"), tone="idle", icon="check"),
    _name("batch.name_added", _("{actor} put {account} down for {batch}"), tone="idle", icon="plus", silent=True),
    _name("batch.name_asked", _("{actor} asked {contact} for {batch}"), tone="info", icon="send"),
    _name("batch.name_allowed", _("{contact} at {account} may be named in {batch}"), tone="ok", icon="heart"),
    _name("batch.name_refused", _("{contact} at {account} is not named in {batch}"), tone="stop", icon="x"),
    _name("batch.name_dropped", _("{account} was left out of {batch}"), tone="idle", icon="undo", silent=True),
]
