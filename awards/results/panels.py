"""What rooms above show on the winner's own page, once winners are announced: `settings.WINNER_PANELS`."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from awards.models import Award

Panel = tuple[str, str, dict[str, Any]]


def drawn(award: Award) -> list[tuple[str, SafeString]]:
    """Return (title, HTML) of every panel that has something to show; a panel is (title, template, context)."""
    shown = []
    for path in settings.WINNER_PANELS:
        make: Callable[[Award], Panel | None] = import_string(path)
        panel = make(award)
        if panel is not None:
            title, template, context = panel
            shown.append((title, render_to_string(template, context)))
    return shown
