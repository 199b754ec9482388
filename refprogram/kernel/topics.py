"""What may be emitted, how it reads, and who may read it: the only list that timeline, rules, API and webhooks use."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from refprogram.kernel.models import Event

Visible = Callable[[Any, "Event"], bool]


def everyone(user: Any, event: "Event") -> bool:
    """Every signed-in colleague may read it."""
    return True


@dataclass(frozen=True)
class Topic:
    """One kind of event.

    `sentence` may name {actor}, {subject}, {account} and every payload field; fields listed in `refs` (payload field ->
    subject type) are shown by that type's label, those in `words` (payload field -> value -> how it reads) in words,
    those in `money` as amounts, others as they are. `silent` says on purpose that nobody listens.
    """

    name: str
    sentence: Any
    fields: tuple[str, ...] = ()
    refs: Mapping[str, str] = field(default_factory=dict)
    visible: Visible = everyone
    tone: str = "idle"
    icon: str = "dot"
    silent: bool = False
    words: Mapping[str, Mapping[Any, Any]] = field(default_factory=dict)
    money: tuple[str, ...] = ()


@functools.cache
def registry() -> dict[str, Topic]:
    """Return every topic of `settings.EVENT_TOPICS` by name; a name declared twice is a programming error."""
    found: dict[str, Topic] = {}
    for path in settings.EVENT_TOPICS:
        for topic in import_string(path):
            if topic.name in found:
                message = f"topic {topic.name} is declared twice"
                raise RuntimeError(message)
            found[topic.name] = topic
    return found


def handlers_of(topic: str) -> tuple[str, ...]:
    """Return the dotted names of the handlers that `settings.EVENT_HANDLERS` subscribes to `topic`."""
    return tuple(settings.EVENT_HANDLERS.get(topic, ()))
