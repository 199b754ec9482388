"""What happens to the catalogue."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.topics import Topic

TOPICS = [
    Topic("activity.added", _("{actor} added {subject} to the catalogue"), icon="plus", tone="info", silent=True),
    Topic("activity.changed", _("{actor} changed {subject}: {fields}"), fields=("fields",), icon="edit", silent=True),
    Topic("activity.retired", _("{actor} retired {subject}"), icon="pause", silent=True),
    Topic("activity.brought_back", _("{actor} brought {subject} back"), icon="undo", silent=True),
]
