"""Widgets drawn in Python say to the letter what Django's templates say."""

import datetime as dt

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.form_renderer import DRAWN, Renderer

ODD = {"class": 'a "b" & c', "required": True, "disabled": False, "data-n": 7, "title": _("Yes")}
CHOICES = [
    ("", "---"),
    ("a", 'A <b> & "c"'),
    (None, "none"),
    (1234, 12345),
    ("x", _("Yes")),
    (_("Group"), [("m", SafeString("<i>safe</i>")), (2, dt.date(2026, 3, 1))]),
]
CASES = [
    (forms.TextInput(), None),
    (forms.TextInput(ODD), ""),
    (forms.TextInput(), "<script>\"'&"),
    (forms.TextInput(), SafeString("&amp;")),
    (forms.NumberInput({"min": 0, "step": 0.5}), 1234.5),
    (forms.EmailInput(), "a@b.example"),
    (forms.URLInput(), "https://b.example/?a=1&b=2"),
    (forms.PasswordInput(), "secret"),
    (forms.HiddenInput(), 12345),
    (forms.DateInput({"type": "date"}, format="%Y-%m-%d"), dt.date(2026, 3, 1)),
    (forms.DateTimeInput(), dt.datetime(2026, 3, 1, 12, 30)),
    (forms.TimeInput(), dt.time(12, 30)),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(ODD), False),
    (forms.CheckboxInput(), "yes"),
    (forms.FileInput(), None),
    (forms.Textarea(), None),
    (forms.Textarea(ODD), "two\nlines <b>"),
    (forms.Textarea(), 12345),
    (forms.Select(choices=CHOICES), "a"),
    (forms.Select(ODD, choices=CHOICES), 1234),
    (forms.SelectMultiple(choices=CHOICES), ["a", "m", "x"]),
    (forms.NullBooleanSelect(), True),
    (forms.RadioSelect(choices=CHOICES), "a"),
    (forms.CheckboxSelectMultiple(choices=CHOICES), ["a", "x"]),
    (forms.ClearableFileInput(), None),
    (forms.SplitDateTimeWidget(), dt.datetime(2026, 3, 1, 12, 30)),
]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("widget", "value"), CASES, ids=lambda case: type(case).__name__)
def test_drawn_as_django_draws_it(widget, value, language):
    with translation.override(language):
        ours = widget.render("a_name", value, attrs={"id": "id_a"}, renderer=Renderer())
        djangos = widget.render("a_name", value, attrs={"id": "id_a"}, renderer=DjangoTemplates())
    assert ours == djangos


def test_every_name_is_a_template_of_django():
    for name in DRAWN:
        assert DjangoTemplates().get_template(name)


def test_forms_use_it(settings):
    assert settings.FORM_RENDERER == "refprogram.kernel.form_renderer.Renderer"
    assert isinstance(forms.Form().renderer, Renderer)
