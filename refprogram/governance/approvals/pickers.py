"""Choosing colleagues while typing: the page holds who is chosen, the others come as they are looked for."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from refprogram.governance.approvals.enums import ApproverKind
from refprogram.people import selectors as people
from refprogram.people.enums import Role
from refprogram.people.models import User

SHOWN = 20
NOBODY = "nobody"
Options = list[dict[str, str]]
RELATED = (ApproverKind.MANAGER, ApproverKind.OWNER, ApproverKind.LEAD, ApproverKind.CARER)


class ChosenColleague(forms.Select):
    """A type-ahead's select for a ModelChoiceField of colleagues."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        told = {"data-typeahead": reverse_lazy("governance:colleague-options"), "data-placeholder": _("Name")}
        super().__init__({**told, **(attrs or {})})

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> Any:
        """Return the empty and the chosen option."""
        chosen = [str(one) for one in value if one]
        source: Any = self.choices
        rows = source.queryset.filter(public_id__in=chosen) if chosen else []
        pairs = [("", ""), *((row.public_id, row.name) for row in rows)]
        options = [
            self.create_option(name, key, text, str(key) in chosen, place) for place, (key, text) in enumerate(pairs)
        ]
        return [(None, options, 0)]


class ColleagueField(forms.ModelChoiceField):
    """One colleague, looked for by name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", ChosenColleague())
        super().__init__(queryset=User.objects.none(), to_field_name="public_id", **options)

    def open_to_all(self) -> None:
        """Let everybody with access be chosen; called for each form, for who has access changes."""
        self.queryset = people.colleagues().exclude(role=Role.JUDGE)


def colleague_options(words: str) -> Options:
    """Return the colleagues whose name has every word in it."""
    rows = people.colleagues().exclude(role=Role.JUDGE)
    for word in words.split():
        rows = rows.filter(person__name__icontains=word)
    return [{"id": row.public_id, "text": row.name, "sub": str(row.get_role_display())} for row in rows[:SHOWN]]


def approver_options(words: str, *, further: bool) -> Options:
    """Return whom a step may name: roles, whoever belongs to the matter, colleagues; `further` for who is next."""
    known = [(key, str(text), "") for key, text in ((further_choices if further else who_choices)([]))[1:]]
    asked = [word.lower() for word in words.split()]
    fixed = [{"id": key, "text": text, "sub": sub} for key, text, sub in known if _has(text, asked)]
    named = [{**one, "id": f"person:{one['id']}"} for one in colleague_options(words)]
    return [*fixed, *named]


def _has(text: str, words: list[str]) -> bool:
    return all(word in text.lower() for word in words)


def _roles() -> list[tuple[str, Any]]:
    return [
        (f"role:{role.value}", _t("Anyone of: %(role)s") % {"role": role.label}) for role in Role if role != Role.JUDGE
    ]


def _named(users: list[User]) -> list[tuple[str, Any]]:
    return [(f"person:{user.public_id}", user.name) for user in users]


def who_choices(users: list[User]) -> list[tuple[str, Any]]:
    """Return whom a step may ask; of the colleagues only these."""
    related = [(kind.value, str(kind.label).capitalize()) for kind in RELATED]
    return [("", ""), (NOBODY, _("Nobody: leave this step out")), *related, *_roles(), *_named(users)]


def further_choices(users: list[User]) -> list[tuple[str, Any]]:
    """Return who may be asked next; of the colleagues only these."""
    return [("", ""), (NOBODY, _("Nobody else")), *_roles(), *_named(users)]
