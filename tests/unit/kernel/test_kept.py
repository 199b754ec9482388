"""`{% kept %}`: what is the same for everybody is drawn once, and never with anything of one reader in it."""

import pytest
from django.template import Context, TemplateSyntaxError, engines
from django.template.loader import get_template
from django.utils import translation


def template(text):
    return engines["django"].from_string("{% load rp i18n %}" + text).template


def test_nothing_of_one_reader_stands_in_what_another_gets():
    page = template("{% kept %}<b>{{ name }}</b>{% endkept %}{{ name }}")
    assert [page.render(Context({"name": name})) for name in ("Ana", "Bo")] == ["<b></b>Ana", "<b></b>Bo"]


def test_it_is_drawn_once_per_language():
    page = template("{% kept %}{% now 'u' %} {% get_current_language as now_speaking %}{{ now_speaking }}{% endkept %}")
    first = page.render(Context())
    assert page.render(Context()) == first
    with translation.override("de"):
        assert page.render(Context()).endswith(" de")
    assert page.render(Context()) == first


@pytest.mark.parametrize("inside", ["{% block content %}{% endblock %}", "{% csrf_token %}"])
def test_what_differs_from_page_to_page_cannot_be_kept(inside):
    with pytest.raises(TemplateSyntaxError, match="cannot be kept"):
        template(f"{{% kept %}}{inside}{{% endkept %}}")


def test_the_shell_is_drawn_with_this_readers_token_and_name():
    shell = get_template("base.html").template
    pages = [shell.render(Context({"csrf_token": token, "program_name": "rp"})) for token in ("one", "two")]
    assert all(f'value="{token}"' in page for token, page in zip(("one", "two"), pages, strict=True))
    assert "one" not in pages[1].split("X-CSRFToken")[1].split(">")[0]
