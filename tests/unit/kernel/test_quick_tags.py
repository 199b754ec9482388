"""Django's tags that ours stand in for say the same as Django's."""

import datetime as dt
import gettext

import pytest
from django.template import Context, TemplateSyntaxError, engines
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.safestring import SafeString

from refprogram.kernel.addresses import address

ID = "2bcdfghjkmnp"
OTHER = "3bcdfghjkmnp"
SAID = [
    "{% translate 'Nominations' %}",
    "{% translate 'Yes' %}",
    "{% trans '100 %' %}",
    "{% translate '<b>A & B</b>' %}",
    "{% translate 'Yes' as said %}[{{ said }}]",
    "{% translate 'May' context 'abbr. month' %}",
    "{% translate word %}",
    "{% translate 'Yes'|upper %}",
    "{% translate missing|default:'Yes' %}",
    "{% translate 'Yes' noop %}",
    "{% autoescape off %}{% translate '<b>' %}{% endautoescape %}",
    "{% blocktranslate %}Yes{% endblocktranslate %}",
    "{% blocktranslate with name=who.name %}Hello {{ name }}, 100 % & more{% endblocktranslate %}",
    "{% blocktranslate %}Hello {{ word }} {{ missing }} {{ nothing }}{% endblocktranslate %}",
    "{% blocktranslate trimmed %}\n  Two\n  lines {{ markup }}\n{% endblocktranslate %}",
    "{% blocktranslate asvar said %}Hello {{ unsafe }}{% endblocktranslate %}[{{ said }}]",
    "{% blocktranslate count n=number %}one {{ n }}{% plural %}{{ n }} of them{% endblocktranslate %}",
    "{% blocktranslate with number=1 count n=number %}one{% plural %}{{ n }} {{ word }}{% endblocktranslate %}",
    "{% blocktranslate with day=day number=figure %}{{ day }} {{ number }}{% endblocktranslate %}",
    "{% blocktranslate context 'abbr. month' %}May{% endblocktranslate %}",
    "{% for word in words %}{% blocktranslate %}Hello {{ word }}{% endblocktranslate %}{% endfor %}",
    "{% url 'nominations:list' %}",
    "{% url 'nominations:detail' id %}",
    "{% url 'nominations:detail' public_id=id %}",
    "{% url 'nominations:decide' id 'park' %}",
    "{% url 'nominations:decide' unsafe 'park' as there %}[{{ there }}]",
    "{% url 'nominations:nowhere' as there %}[{{ there }}]",
]
KNOWN = {
    "word": "word",
    "words": ["a", "b"],
    "who": {"name": "<Ann>"},
    "unsafe": "<i>",
    "markup": SafeString("<i>"),
    "nothing": None,
    "number": 2,
    "figure": 12345.5,
    "day": dt.date(2026, 3, 1),
    "id": ID,
}


def drawn(libraries, text):
    page = engines["django"].from_string(f"{{% load {libraries} %}}{text}").template
    return [page.render(Context(KNOWN)) for _ in range(2)]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("text", SAID)
def test_the_same_as_django_says(text, language):
    with translation.override(language):
        assert drawn("i18n rp", text) == drawn("i18n", text)


def test_words_are_looked_up_once_per_language():
    page = engines["django"].from_string("{% load i18n rp %}{% translate 'Yes' %}").template
    said = []
    for language in ("en", "de", "en"):
        with translation.override(language):
            said.append(page.render(Context()))
    assert said == ["Yes", "Ja", "Yes"]


@pytest.mark.parametrize("translated", ["Hallo", "Hallo %(nobody)s", "Hallo %"])
def test_a_translation_that_does_not_fit_is_not_shown(monkeypatch, translated):
    text = "{% blocktranslate with name=word %}Good day {{ name }}{% endblocktranslate %}"

    class Catalogue(gettext.NullTranslations):
        def gettext(self, message):
            return translated

    monkeypatch.setattr(translation.trans_real, "_active", type("Active", (), {"value": Catalogue()})())
    assert drawn("i18n rp", text) == drawn("i18n", text)


def test_wrong_tags_are_refused():
    with pytest.raises(TemplateSyntaxError):
        drawn("i18n rp", "{% blocktranslate count n=word %}a{% plural %}b{% endblocktranslate %}")
    with pytest.raises(NoReverseMatch):
        drawn("i18n rp", "{% url 'nominations:nowhere' %}")


@pytest.mark.parametrize(
    ("name", "args", "kwargs"),
    [
        ("nominations:list", (), {}),
        ("nominations:detail", (ID,), {}),
        ("nominations:detail", ("a b/c",), {}),
        ("nominations:decide", (ID, "park"), {}),
        ("nominations:decide", (ID, OTHER), {}),
        ("nominations:decide", (), {"decision": "park", "public_id": ID}),
        ("nominations:decide", (), {"decision": OTHER, "public_id": ID}),
    ],
)
def test_addresses_are_what_reverse_says(name, args, kwargs):
    def said(of):
        try:
            return of()
        except NoReverseMatch:
            return NoReverseMatch

    expected = said(lambda: reverse(name, args=args, kwargs=kwargs))
    assert [said(lambda: address(name, *args, **kwargs)) for _ in range(2)] == [expected, expected]
