"""The form of one room's figures, made from what the room declares."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from refprogram.kernel.forms import Form
from refprogram.kernel.program_settings.figures import Figure
from refprogram.kernel.program_settings.selectors import Shown


class FiguresForm(Form):
    """Every figure of a room; limits are the services' business, so that the API has the same."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, shown: Shown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        self.initial = {"revision": shown.revision, **self.initial}
        for line in shown.lines:
            self.initial |= line.figure.kind.initial(line.figure.name, line.value)
            made = list(line.figure.kind.fields(line.figure.name, str(line.figure.label)))
            for name, field in made:
                self.fields[name] = field
            last = made[-1][1]
            last.help_text = " ".join(filter(None, (str(last.help_text), _help(line.figure, line.default_words))))

    def values(self) -> dict[str, Any]:
        """Return what was typed, figure by figure."""
        figures = [line.figure for line in self.shown.lines]
        return {figure.name: figure.kind.raw(figure.name, self.cleaned_data) for figure in figures}


def _help(figure: Figure, default: str) -> str:
    """Say below a field what it influences, its limits, and its default."""
    limits = figure.kind.limits()
    parts = [
        str(figure.influences),
        _("Allowed: %(limits)s.") % {"limits": limits} if limits else "",
        _("Default: %(default)s.") % {"default": default},
    ]
    return " ".join(part for part in parts if part)
