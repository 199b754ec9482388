"""The small words of the design system."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from refprogram.kernel.templatetags import rp

NNBSP, MINUS = "\u202f", "\u2212"
NOW = dt.datetime(2026, 11, 19, 15, 42, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _this_moment(time_machine):
    time_machine.move_to(NOW, tick=False)


def drawn(source, **context):
    return Template("{% load rp %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1240, "1,240"), (-3, f"{MINUS}3"), ("2.5", "3"), (None, ""), ("", ""), ("x", ""), (True, ""), ("nan", "")],
)
def test_number(value, shown):
    assert rp.number(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (999_499, "999,499"),
        (999_500, f"1{NNBSP}m"),
        (1_440_000, f"1.4{NNBSP}m"),
        (3_200_000_000, f"3.2{NNBSP}bn"),
        (0.25, "0.3"),
        (None, ""),
    ],
)
def test_compact(value, shown):
    assert rp.compact(value) == shown


@pytest.mark.parametrize(
    ("value", "currency", "shown"),
    [
        (1240, "", "$1,240"),
        (Decimal("1240.50"), "EUR", "€1,240.50"),
        (1240.5, "JPY", "¥1,241"),
        (-5, "CHF", f"{MINUS}CHF\u00a05"),
        (None, "EUR", ""),
    ],
)
def test_money(value, currency, shown):
    assert rp.money(value, currency) == shown


def test_money_and_shares_in_short():
    assert (rp.money_short(18_400_000), rp.money_short(None)) == (f"$18.4{NNBSP}m", "")
    assert (rp.pct("0.473"), rp.pct(0.473, 1), rp.pct(None)) == (f"47{NNBSP}%", f"47.3{NNBSP}%", "")


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (dt.timedelta(seconds=20), "just now"),
        (dt.timedelta(minutes=1), "in 1 minute"),
        (dt.timedelta(minutes=-5), "5 minutes ago"),
        (dt.timedelta(hours=3), "in 3 hours"),
        (dt.timedelta(days=-1), "yesterday"),
        (dt.timedelta(days=1), "tomorrow"),
        (dt.timedelta(days=13), "in 13 days"),
        (dt.timedelta(days=-21), "3 weeks ago"),
        (dt.timedelta(days=90), "in 3 months"),
        (dt.timedelta(days=-800), "2 years ago"),
    ],
)
def test_distances_to_now(away, words):
    assert rp.relative_words(away.total_seconds()) == words
    assert f">{words}</time>" in rp.reltime(NOW + away)


def test_a_day_is_told_as_a_day():
    assert ">tomorrow</time>" in rp.reltime(dt.date(2026, 11, 20))
    assert ">today</time>" in rp.reltime(dt.date(2026, 11, 19))
    assert rp.reltime(None, "never") == "never"


def test_dates_are_the_readers():
    late = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
    with timezone.override("Asia/Singapore"):
        assert (rp.day(late), rp.exact(late)) == ("1 January 2027", "1 January 2027, 07:30 +08")
    with timezone.override("America/New_York"):
        assert (rp.day(late), rp.exact(late)) == ("31 December", "31 December 2026, 18:30 EST")
    assert (rp.day(None), rp.exact(None), rp.day_short(None)) == ("", "", "")
    assert rp.exact(dt.date(2025, 2, 1)) == "1 February 2025"


def test_figures_are_the_readers():
    with translation.override("de"):
        assert (rp.number(1240), rp.money(1240, "EUR")) == ("1.240", "1.240\u00a0€")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Dr Ana Sousa", "AS"), ("Maple & Finch", "MF"), ("Oriel", "OR"), ("", "?"), ("Ñandú Élan", "ÑÉ"), ("—", "?")],
)
def test_initials(name, letters):
    assert rp.initials(name) == letters


def test_what_people_typed_is_never_markup():
    evil = "<script>alert(1)</script>"
    assert "<script>" not in rp.pill(evil, "won", evil) + rp.avatar(evil) + rp.icon(evil)
    assert "<script>" not in drawn("{% section title %}{{ title }}{% endsection %}", title=evil)


def test_a_pill_of_an_unknown_tone_is_idle():
    assert rp.pill("Held", "purple") == '<span class="rp-pill">Held</span>'


@pytest.mark.parametrize("tag", ["section", "card", "note", "pagehead", "empty"])
def test_a_tag_with_a_body_keeps_it(tag):
    title = "" if tag == "note" else ' title="A title"'
    html = drawn("{% " + tag + title + " %}<b>body</b>{% end" + tag + " %}")
    assert "<b>body</b>" in html
    assert not title or "A title" in html


def test_a_menu_is_named_for_who_does_not_see_it():
    assert "More of it" in drawn('{% menu label="More of it" %}<a href="/">One</a>{% endmenu %}')


def test_small_helpers_of_component_files():
    assert drawn("{% if facts|is_list %}many{% endif %}", facts=["a"]) == "many"
    assert drawn("{{ words|get:key }}{{ words|get:'none' }}", words={"a": "b"}, key="a") == "b"


def test_rating_says_its_levels_and_the_sentence_of_the_chosen_one():
    drawn = rp.rating("fit", "Fit <1>", [(1, 'so "so"'), ("2", "good")], value=2, weight="35 %", required=True)
    assert "<legend>Fit &lt;1&gt;<span>35 %</span></legend>" in drawn
    assert 'value="1" data-say="so &quot;so&quot;" aria-label="1: so &quot;so&quot;" required><span>1</span>' in drawn
    assert 'value="2" data-say="good" aria-label="2: good" checked required><span>2</span>' in drawn
    assert '<p class="lvl"><b>2:</b> good</p>' in drawn
    assert '<p class="lvl">Choose a level; each has a sentence</p>' in rp.rating("fit", "Fit", [(1, "so")])
    assert '<p class="lvl">Choose!</p>' in rp.rating("fit", "Fit", [(1, "so")], value="", hint="Choose!")


def test_facts_leave_out_what_is_empty_and_escape_the_rest():
    drawn = rp.facts(
        [("Size <", 12345, ""), ("City", ""), ("Tier", None), ("Left", 0), ("Owner", "A & B", "since <May>")]
    )
    assert drawn == (
        '<dl class="rp-facts"><dt>Size &lt;</dt><dd>12,345</dd><dt>Left</dt><dd>0</dd>'
        '<dt>Owner</dt><dd>A &amp; B <small class="rp-muted">since &lt;May&gt;</small></dd></dl>'
    )
    assert rp.facts(None) == '<dl class="rp-facts"></dl>'


@pytest.mark.parametrize(("lines", "bars"), [(2, 2), (3, 3), (4, 4), (5, 5), (6, 6), ("", 3)])
def test_a_skeleton_has_as_many_lines_as_will_come(lines, bars):
    assert rp.skeleton(lines=lines).count('class="rp-skel') == bars
    assert 'hx-get="/a/?b=1&amp;c=2" hx-trigger="load"' in rp.skeleton("Deals", lines, "/a/?b=1&c=2")
