"""Saved views: the state of a list page under a name, as one more tab."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, Q, TextField
from django.http import QueryDict
from django.utils.translation import gettext as _

from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.filters import query_without
from refprogram.kernel.models import SavedView
from refprogram.kernel.prepared import Given, Prepared

MOST_PER_PAGE = 30
SHARE = "kernel.share_view"
_ON_PAGE = Prepared(
    lambda: SavedView.objects.filter(
        Q(user=Given("user", BigIntegerField())) | Q(shared=True), page=Given("page", TextField())
    ).order_by("position", "pk")[: 2 * MOST_PER_PAGE]
)


def for_page(*, user: Any, page: str) -> list[SavedView]:
    """Return the tabs that this reader added to `page`, and those that others share; own ones first. One query."""
    return sorted(_ON_PAGE(user=user.pk, page=page), key=lambda view: view.user_id != user.pk)


def clean_query(query: str) -> str:
    """Return a page's state without what belongs to the moment: next rows, fragments, the tab it came from."""
    return query_without(QueryDict(query.removeprefix("?")), ["view"]).urlencode()


@transaction.atomic
def save_view(*, user: Any, page: str, name: str, query: str, shared: bool = False) -> SavedView:
    """Save the state `query` of `page` under `name`; the same name again replaces what it held."""
    _check_shared(user, shared=shared)
    others = SavedView.objects.filter(user=user, page=page)
    if not others.filter(name=name).exists() and others.count() >= MOST_PER_PAGE:
        raise InvalidInput(_("You have %(most)d views here. Delete one first.") % {"most": MOST_PER_PAGE})
    view, _created = SavedView.objects.update_or_create(
        user=user, page=page, name=_name(name), defaults={"query": _query(query), "shared": shared}
    )
    return view


@transaction.atomic
def change_view(*, user: Any, public_id: str, name: str, query: str, shared: bool = False) -> SavedView:
    """Give one's own view another name and state."""
    view = own_view(user=user, public_id=public_id)
    if shared != view.shared:
        _check_shared(user, shared=shared)
    view.name, view.query, view.shared = _name(name), _query(query), shared
    _save(view, ["name", "query", "shared"])
    return view


@transaction.atomic
def delete_view(*, user: Any, public_id: str) -> str:
    """Delete one's own view; return its name."""
    view = own_view(user=user, public_id=public_id)
    view.delete()
    return view.name


def own_view(*, user: Any, public_id: str) -> SavedView:
    """Return the user's own view, locked. Raises SavedView.DoesNotExist for anybody else's."""
    return SavedView.objects.select_for_update().get(user=user, public_id=public_id)


def _save(view: SavedView, fields: Iterable[str]) -> None:
    try:
        with transaction.atomic():
            view.save(update_fields=fields)
    except IntegrityError as error:
        message = _("You have another view with this name.")
        raise InvalidInput(message, errors={"name": message}) from error


def _check_shared(user: Any, *, shared: bool) -> None:
    if shared and not user.has_perm(SHARE):
        raise NotAllowed(_("Only people who run the program can share a view with everyone."))


def _name(name: str) -> str:
    limit = SavedView._meta.get_field("name").max_length or 0
    text = " ".join(name.split())
    if not text or len(text) > limit or "\x00" in text:
        message = _("Give the view a name of up to %(limit)d letters.") % {"limit": limit}
        raise InvalidInput(message, errors={"name": message})
    return text


def _query(query: str) -> str:
    cleaned = clean_query(query)
    if len(cleaned) > (SavedView._meta.get_field("query").max_length or 0):
        raise InvalidInput(_("These are more filters than a view can hold."))
    return cleaned
