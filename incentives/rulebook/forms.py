"""The sentence of a rule, built of selects: what can be chosen follows from what was chosen before it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms as django_forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incentives.rulebook import offered
from incentives.rulebook.definition import Gift, Op, Span
from incentives.rulebook.sentences import A_SPAN
from incentives.rulebook.typed import ALL_TOGETHER, EACH, LINES, MOST_LINES, NO, YES, Typed, numbers
from incentives.rulebook.vocabulary import BY_TOPIC, OCCASIONS, Fact, FactKind, Occasion
from refprogram.kernel import forms

CHOOSE = ("", _("Choose"))
GIFTS = (
    (Gift.POINTS.value, _("points")),
    (Gift.BADGE.value, _("a badge")),
    (Gift.TICKET.value, _("tickets for a draw")),
    (Gift.MONEY.value, _("money, with the pay")),
)
OPS = {
    FactKind.CHOICE: ((Op.IS.value, _("is")), (Op.IS_NOT.value, _("is not"))),
    FactKind.NUMBER: ((Op.AT_LEAST.value, _("is at least")), (Op.AT_MOST.value, _("is at most"))),
}
SPANS = [(span.value, words) for span, words in A_SPAN.items()]
FOR_WHOM = (
    (EACH, pgettext_lazy("at most 600 a quarter …", "for each person")),
    (ALL_TOGETHER, pgettext_lazy("at most 600 a quarter …", "for all together")),
)
# Parts of a rule that several fields make up: what is wrong with one stands beside it as a whole.
PARTS = {
    "conditions": _("Conditions"),
    "audience": _("Only some of them"),
    "gives": _("What it gives"),
    "caps": _("At most"),
    "milestones": _("What waits"),
    "fading": _("Fading"),
}


def _choice(label: Any, choices: Iterable[tuple[Any, Any]], **options: Any) -> django_forms.ChoiceField:
    gone = {"invalid_choice": _("Choose one of these: what was chosen is not among them any more.")}
    widget = django_forms.Select({"class": "form-select"})
    options = {"required": False, "widget": widget, "error_messages": gone, **options}
    return django_forms.ChoiceField(label=label, choices=list(choices), **options)


def _telling(label: Any, choices: Iterable[tuple[Any, Any]], **options: Any) -> django_forms.ChoiceField:
    """Return a choice from which it follows what else can be chosen: the page is drawn anew."""
    return _choice(label, choices, widget=django_forms.Select({"class": "form-select redraws"}), **options)


def _several(label: Any, choices: Iterable[tuple[Any, Any]]) -> django_forms.MultipleChoiceField:
    look = {"class": "form-select", "data-pickmany": "", "size": 4}
    return django_forms.MultipleChoiceField(
        label=label, choices=list(choices), required=False, widget=django_forms.SelectMultiple(look)
    )


def _whole(label: Any, **options: Any) -> django_forms.IntegerField:
    look = {"class": "form-control", "inputmode": "numeric"}
    return django_forms.IntegerField(label=label, required=False, widget=django_forms.NumberInput(look), **options)


def _cents(label: Any, **options: Any) -> django_forms.DecimalField:
    look = {"class": "form-control", "inputmode": "decimal", "step": "0.01"}
    widget = django_forms.NumberInput(look)
    return django_forms.DecimalField(
        label=label, required=False, max_digits=12, decimal_places=2, widget=widget, **options
    )


def _day(label: Any, **options: Any) -> django_forms.DateField:
    widget = django_forms.DateInput({"type": "date", "class": "form-control"}, format="%Y-%m-%d")
    return django_forms.DateField(label=label, required=False, widget=widget, **options)


class PercentsField(django_forms.CharField):
    """Some percentages: "100, 50, 25, 0"."""

    def clean(self, value: Any) -> Any:
        """Return them as whole numbers."""
        words = super().clean(value).replace("%", " ").replace(",", " ").replace(";", " ").split()
        if not all(word.isdecimal() and len(word) < 5 for word in words):
            raise django_forms.ValidationError(_("Write percentages with commas, such as 100, 50, 25, 0."))
        return [int(word) for word in words]


class RuleForm(forms.Form):
    """When what happens, where which conditions hold, who gets what, at most how much, what of it waits."""

    name = django_forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=django_forms.TextInput({"class": "form-control"}),
        help_text=_("Stands beside the points in everybody's statement."),
    )
    roles = _several(_("Roles"), ())
    teams = _several(_("Teams"), ())
    regions = _several(_("Regions"), ())
    hired_before = _day(_("Hired before"))
    fading_span = _choice(_("Counted anew"), [("", _("does not fade")), *SPANS])
    percents = PercentsField(
        label=_("Worth, one time after the other, in percent"),
        required=False,
        max_length=80,
        widget=django_forms.TextInput({"class": "form-control", "placeholder": "100, 50, 25, 0"}),
        help_text=_("The last one holds for all times after it."),
    )
    halves_days = _whole(_("Halves every so many days"), help_text=_("Counted from when it is switched on."))
    starts_on = _day(_("From"))
    ends_on = _day(_("Until"))

    def __init__(self, data: Any = None, files: Any = None, *, typed: Typed | None = None) -> None:
        super().__init__(data, files)
        self.typed: Typed = data if data is not None else typed if typed is not None else MultiValueDict()
        self._add_sentence()
        self._add_audience()
        self._add_lines()
        self.fields["pot"] = _choice(
            _("The pot that pays"), [("", _("none: the program issues them")), *offered.pots()]
        )
        for part, label in PARTS.items():
            self.fields[part] = django_forms.Field(required=False, label=label, widget=django_forms.HiddenInput)
        if data is None:
            self._begin_with_what_is_typed()

    # ---- its fields

    @cached_property
    def occasion(self) -> Occasion | None:
        """What happens, as chosen."""
        return BY_TOPIC.get(self.typed.get("topic", ""))

    @cached_property
    def given(self) -> str:
        """What is given, as chosen."""
        chosen = self.typed.get("gift", "")
        return chosen if chosen in dict(GIFTS) else Gift.POINTS.value

    def _add_sentence(self) -> None:
        who = [(name, one.label) for name, one in self.occasion.who.items()] if self.occasion else []
        gone = {"invalid_choice": _("What happens there does not name whom you mean. Choose somebody whom it names.")}
        self.fields |= {
            "topic": _telling(_("When"), [CHOOSE, *((one.topic, one.when) for one in OCCASIONS)], required=True),
            "who": _choice(_("Who"), who if len(who) == 1 else [CHOOSE, *who], required=True, error_messages=gone),
            "gift": _telling(_("What"), GIFTS),
            "amount": (_cents if self.given == Gift.MONEY else _whole)(_("How much each time")),
            "badge": _choice(_("Which badge"), [CHOOSE, *offered.badges_to_give()]),
            "draw": _choice(_("Which draw"), [CHOOSE, *offered.open_draws()]),
        }
        needed = {Gift.BADGE: ["badge"], Gift.TICKET: ["amount", "draw"]}.get(Gift(self.given), ["amount"])
        for name in needed:
            self.fields[name].required = True

    def _add_audience(self) -> None:
        for name, choices in (("roles", offered.roles), ("teams", offered.teams), ("regions", offered.regions)):
            self.fields[name].choices = choices()  # type: ignore[attr-defined]

    def _add_lines(self) -> None:
        for n in numbers(self.typed, "condition"):
            self.fields |= self._condition_fields(f"condition-{n}")
        for n in numbers(self.typed, "cap"):
            self.fields |= {
                f"cap-{n}-most": (_cents if self.given == Gift.MONEY else _whole)(_("At most")),
                f"cap-{n}-span": _choice(_("In which span"), SPANS, initial=Span.QUARTER.value),
                f"cap-{n}-each": _choice(_("For whom"), FOR_WHOM),
            }
        for n in numbers(self.typed, "milestone"):
            self.fields |= {
                f"milestone-{n}-percent": _whole(_("Percent of it")),
                f"milestone-{n}-topic": _choice(_("Wait until"), [CHOOSE, *self.follows]),
                f"milestone-{n}-days": _whole(_("Within days")),
            }

    def _condition_fields(self, line: str) -> dict[str, django_forms.Field]:
        facts = self.occasion.facts if self.occasion else {}
        fields: dict[str, django_forms.Field] = {
            f"{line}-fact": _telling(_("What"), [CHOOSE, *((name, fact.label) for name, fact in facts.items())])
        }
        fact = facts.get(self.typed.get(f"{line}-fact", ""))
        if fact is None:
            return fields
        if fact.kind in OPS:
            fields[f"{line}-op"] = _choice(_("How it compares"), OPS[fact.kind])
        fields[f"{line}-value"] = _value_field(fact)
        return fields

    @cached_property
    def follows(self) -> list[tuple[str, Any]]:
        """What can be waited for, as chosen so far."""
        return [(topic, BY_TOPIC[topic].when) for topic in self.occasion.then] if self.occasion else []

    def _begin_with_what_is_typed(self) -> None:
        for name, field in self.fields.items():
            if isinstance(field, django_forms.MultipleChoiceField):
                self.initial[name] = self.typed.getlist(name)
            elif name in self.typed and (self.typed[name] or not isinstance(field, django_forms.ChoiceField)):
                self.initial[name] = self.typed[name]

    # ---- its lines, for the page

    def _rows(self, kind: str, parts: Iterable[str]) -> list[dict[str, Any]]:
        rows = []
        for place, n in enumerate(numbers(self.typed, kind), start=1):
            names = [f"{kind}-{n}-{part}" for part in parts]
            cells = {part: self[name] for part, name in zip(parts, names, strict=True) if name in self.fields}
            errors = [error for cell in cells.values() for error in cell.errors]
            rows.append({"n": n, "place": place, "errors": errors, **cells})
        return rows

    def condition_lines(self) -> list[dict[str, Any]]:
        """Return the lines of conditions."""
        return self._rows("condition", ("fact", "op", "value"))

    def cap_lines(self) -> list[dict[str, Any]]:
        """Return the lines of limits."""
        return self._rows("cap", ("most", "span", "each"))

    def milestone_lines(self) -> list[dict[str, Any]]:
        """Return the lines of what waits."""
        return self._rows("milestone", ("percent", "topic", "days"))

    def room_for(self) -> Mapping[str, bool]:
        """Return of which kinds of lines there may be more."""
        return {kind: len(numbers(self.typed, kind)) < MOST_LINES for kind in ("condition", "cap", "milestone")}

    @property
    def narrows(self) -> bool:
        """Whether anything narrows who gets it, or something is wrong with that."""
        names = ("roles", "teams", "regions", "hired_before")
        return any(self.typed.get(name) for name in names) or any(name in self.errors for name in ("audience", *names))

    @property
    def goes_further(self) -> bool:
        """Whether any of what is folded away is typed, or wrong."""
        names = ("fading_span", "percents", "halves_days", "starts_on", "ends_on", "pot")
        return any(self.typed.get(name) for name in names) or any(name in self.errors for name in ("fading", *names))

    def point_at(self, act: str) -> None:
        """Let the reader go on where a line was added."""
        kind = act.removeprefix("add-")
        if kind in LINES and act != kind:
            first = f"{kind}-{numbers(self.typed, kind)[-1]}-{LINES[kind][0]}"
            self.fields[first].widget.attrs["autofocus"] = True

    # ---- what it says

    def fields_of_rule(self) -> dict[str, Any]:
        """Return what was written, as the services take it."""
        return {"name": self.cleaned_data["name"], "definition": self.definition()}

    def definition(self) -> dict[str, Any] | None:
        """Return the definition of what is typed, as far as it can be read; None as long as its core is missing."""
        told = self.cleaned_data
        gives = self._gives(told)
        if not (told.get("topic") and told.get("who") and gives):
            return None
        span, percents = told.get("fading_span"), told.get("percents")
        parts = {
            "conditions": list(self._conditions(told)),
            "audience": self._audience(told),
            "caps": list(self._caps(told)),
            "milestones": list(self._milestones(told)),
            "fading": {"span": span, "percents": percents or []} if span else None,
            "pot": _key_of(offered.pots(), told.get("pot")),
            **{name: told.get(name) for name in ("halves_days", "starts_on", "ends_on")},
        }
        kept = {name: value for name, value in parts.items() if value not in (None, [], {})}
        return {"topic": told["topic"], "who": told["who"], "gives": gives, **kept}

    def _gives(self, told: Mapping[str, Any]) -> dict[str, Any] | None:
        amount = self._amount(told.get("amount"))
        if self.given == Gift.BADGE:
            badge = _key_of(offered.badges(), told.get("badge"))
            return {"gift": self.given, "amount": 1, "of": badge} if badge else None
        if amount is None:
            return None
        if self.given == Gift.TICKET:
            draw = _key_of(offered.draws(), told.get("draw"))
            return {"gift": self.given, "amount": amount, "of": draw} if draw else None
        return {"gift": self.given, "amount": amount}

    def _amount(self, value: Any) -> int | None:
        """Return an amount as rules count it: money in cents."""
        if value is None:
            return None
        return int(Decimal(value) * 100) if self.given == Gift.MONEY else int(value)

    def _audience(self, told: Mapping[str, Any]) -> dict[str, Any]:
        chosen = {
            "roles": told.get("roles"),
            "teams": _keys_of(offered.teams(), told.get("teams") or []),
            "regions": _keys_of(offered.regions(), told.get("regions") or []),
            "hired_before": told.get("hired_before"),
        }
        return {name: value for name, value in chosen.items() if value}

    def _conditions(self, told: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
        for n in numbers(self.typed, "condition"):
            name = told.get(f"condition-{n}-fact")
            if not name or self.occasion is None:
                continue
            fact, value = self.occasion.facts[name], told.get(f"condition-{n}-value")
            op = told.get(f"condition-{n}-op") or Op.IS.value
            yield {"fact": name, "op": op, "values": _values_of(fact, value)}

    def _caps(self, told: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
        for n in numbers(self.typed, "cap"):
            most = self._amount(told.get(f"cap-{n}-most"))
            span = told.get(f"cap-{n}-span") or Span.QUARTER.value
            if most is not None:
                yield {"most": most, "span": span, "each": told.get(f"cap-{n}-each") != ALL_TOGETHER}

    def _milestones(self, told: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
        for n in numbers(self.typed, "milestone"):
            percent, topic, days = (told.get(f"milestone-{n}-{part}") for part in ("percent", "topic", "days"))
            if percent is not None or days is not None or topic:
                yield {"percent": percent or 0, "topic": topic or "", "days": days or 0}


def _value_field(fact: Fact) -> django_forms.Field:
    if fact.kind == FactKind.FLAG:
        return _choice(fact.label, [CHOOSE, (YES, fact.yes), (NO, fact.no)])
    if fact.kind == FactKind.NUMBER:
        return _whole(fact.label)
    return _several(fact.label, fact.choices())


def _values_of(fact: Fact, value: Any) -> list[Any]:
    """Return the values of a condition, in the types of the fact; what is not there yet: none."""
    if value in (None, "", []):
        return []
    if fact.kind == FactKind.FLAG:
        return [value == YES]
    return [value] if fact.kind == FactKind.NUMBER else _keys_of(fact.choices(), value)


def _keys_of(choices: Iterable[tuple[Any, Any]], chosen: Iterable[str]) -> list[Any]:
    known = {str(value): value for value, _words in choices}
    return [known.get(text, text) for text in chosen]


def _key_of(choices: Iterable[tuple[Any, Any]], chosen: str | None) -> Any:
    return _keys_of(choices, [chosen])[0] if chosen else None
