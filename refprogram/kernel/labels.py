"""Names at reading time: the stream holds ids, this turns them into words and links, a batch per subject type."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _


class Label(NamedTuple):
    """How a row is called in a sentence, and where it is (empty: the viewer may not open it)."""

    text: str
    url: str = ""


Resolver = Callable[[Iterable[int], Any], Mapping[int, Label]]


def resolve(ids: Mapping[str, set[int]], viewer: Any) -> dict[tuple[str, int], Label]:
    """Return the label of every (type, id); one resolver call per type, whatever the number of ids."""
    found: dict[tuple[str, int], Label] = {}
    for kind, wanted in ids.items():
        path = settings.LABEL_RESOLVERS.get(kind)
        if path is None or not wanted:
            continue
        resolver: Resolver = import_string(path)
        found |= {(kind, key): label for key, label in resolver(wanted, viewer).items()}
    return found


def someone() -> Label:
    """Return the label of a row that was erased or never had a name."""
    return Label(_("someone"))
