"""The lines of a desk as markup: what `components/task_line.html` draws of a `DeskItem`, for sixty of them at once."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.markup import filled, filled_each

LINE = '<li>{}<div class="rp-grow"><b>{}</b>{}</div>{}</li>'
DOT = '<span class="rp-dot {}"><i class="ic ic-{}" aria-hidden="true"></i></span>'
LINK = '<a class="btn {}" href="{}">{}</a>'
FORM = (
    '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">{}'
    '<button class="btn {}">{}</button></form>'
)
NOTHING = SafeString("")


def task_lines(items: Iterable[DeskItem], csrf_token: str) -> SafeString:
    """Return the lines, one after the other."""
    return filled_each(
        LINE,
        (
            (
                filled(DOT, item.tone, item.icon) if item.icon else NOTHING,
                item.title,
                filled("<small>{}</small>", item.detail) if item.detail else NOTHING,
                _buttons(item.actions, csrf_token),
            )
            for item in items
        ),
    )


def _buttons(actions: tuple[DeskAction, ...], csrf_token: str) -> SafeString:
    drawn = [_button(action, csrf_token, first=place == 0) for place, action in enumerate(actions)]
    return SafeString(f'<div class="do">{"".join(drawn)}</div>') if drawn else NOTHING


def _button(action: DeskAction, csrf_token: str, *, first: bool) -> SafeString:
    look = "btn-primary" if action.primary else "btn-line" if first else "btn-quiet"
    if not action.post:
        return filled(LINK, look, action.url, action.label)
    hidden = filled_each('<input type="hidden" name="{}" value="{}">', action.fields.items())
    return filled(FORM, action.url, csrf_token, hidden, look, action.label)
