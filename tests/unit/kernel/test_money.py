"""Amounts as people type them: read in their own notation, refused where they could mean two things."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from refprogram.kernel.money import AmountField


class Bill(forms.Form):
    amount = AmountField()


def typed(text, *, language="en", **options):
    """Clean what was typed."""
    with translation.override(language):
        return AmountField(**options).clean(text)


@pytest.mark.parametrize(
    ("text", "language", "amount"),
    [
        ("1250.5", "en", "1250.5"),
        ("1,250.50", "en", "1250.50"),
        ("USD 12", "en", "12"),
        ("1.250,50", "de", "1250.50"),
        ("1250,5", "de", "1250.5"),
        ("1\u202f250,50", "fr", "1250.50"),
        ("0.01", "en", "0.01"),
        ("999999999999.99", "en", "999999999999.99"),
    ],
)
def test_each_reader_writes_as_at_home(text, language, amount):
    assert typed(text, language=language) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1.250,50", "en"),
        ("1,250.50", "de"),
        ("1,25", "en"),
        ("12,34,5", "en"),
        ("ten", "en"),
        ("NaN", "en"),
        ("1e9", "en"),
        ("0", "en"),
        ("-5", "en"),
        ("0.001", "en"),
        ("9999999999999", "en"),
        ("", "en"),
    ],
)
def test_what_is_no_amount_is_refused(text, language):
    with pytest.raises(forms.ValidationError):
        typed(text, language=language)


def test_a_refusal_shows_how_it_is_written_here():
    with pytest.raises(forms.ValidationError, match=r"such as 1\.250,50"):
        typed("1,250.50", language="de")


def test_nothing_and_less_where_they_make_sense():
    assert typed("", required=False) is None
    assert typed("0", zero=True) == 0
    assert typed("\u22125", negative=True) == -5


def test_a_figure_is_shown_as_the_reader_writes_it_and_what_was_typed_stays():
    with translation.override("de"):
        assert 'value="1.250,50"' in str(Bill(initial={"amount": Decimal("1250.5")})["amount"])
    assert 'value="1.2.3"' in str(Bill({"amount": "1.2.3"})["amount"])
