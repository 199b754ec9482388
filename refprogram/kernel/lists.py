"""List pages: a room declares table, filters, tabs and verbs; this draws, narrows, sorts, counts, acts and exports.

One class per list. The URL holds the whole state; htmx swaps `#rows` and the small pieces that mirror the state
(tabs, chips, search, export link), everything else is drawn once. See docs/lists.md.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.http import http_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from refprogram.kernel import saved_views
from refprogram.kernel.errors import DomainError
from refprogram.kernel.exports import FORMATS
from refprogram.kernel.filters import query_url
from refprogram.kernel.list_parts import Action, BulkAction, Empty, ListRequest, View, Words, capped_count
from refprogram.kernel.list_state import ListState
from refprogram.kernel.replica import from_replica
from refprogram.kernel.templatetags import rp

__all__ = ["Action", "BulkAction", "Empty", "ListPage", "ListRequest", "View"]

COUNTS_KEPT: Final = 60  # seconds


class ListPage(LoginRequiredMixin, ListState):
    """Base of every list page."""

    # ---- entry

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may not open the page; anonymous readers go to the sign-in."""
        if request.user.is_authenticated and not self.may(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with the page, one of its parts, or the export."""
        if request.GET.get("format"):
            return self.export()
        part = PARTS.get(request.GET.get("part", "")) if self.fragment else None
        response = part(self) if part else self.respond()
        patch_vary_headers(response, ["HX-Request"])
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do a bulk action on the chosen rows, say what was done, and come back to the same state."""
        name = request.POST.get("action", "")
        if name not in {action.name for action in self.shown_bulk_actions}:
            raise PermissionDenied
        if self.errors:
            return HttpResponseBadRequest(_("A filter does not make sense, so nothing was done."))
        try:
            done = getattr(self, f"bulk_{name}")(self.chosen())
        except DomainError as error:
            messages.error(request, error.message)
        else:
            if isinstance(done, HttpResponseBase):
                return done
            messages.success(request, done)
        return redirect(f"{request.path}{query_url(self.state)}")

    def chosen(self) -> QuerySet[Any]:
        """Return the rows a verb is meant for: those ticked, or all under the filter; never beyond `get_queryset`."""
        if self.request.POST.get("all_matching"):
            return self.filtered
        row_id = self.table_class.row_id
        ids = self.request.POST.getlist("ids")
        if row_id in {"pk", "id"}:
            ids = [one for one in ids if re.fullmatch(r"[0-9]{1,18}", one)]
        return self.get_queryset().filter(**{f"{row_id}__in": [one for one in ids if "\x00" not in one]})

    # ---- answers

    def respond(self) -> HttpResponse:
        """Return the whole page, the swapped parts, or the next rows."""
        if not self.fragment:
            return render(self.request, self.template_name, self.context())
        if self.start:
            return render(self.request, "components/rows.html#more", self.context())
        response = render(self.request, "components/rows.html#swap", self.context())
        header = "HX-Replace-Url" if self.typing else "HX-Push-Url"
        response[header] = f"{self.request.path}{query_url(self.state)}".removesuffix("?")
        return response

    @property
    def typing(self) -> bool:
        """Whether the reader is typing into the search box: it is left alone, and history too."""
        return self.request.htmx.trigger == "list-search"

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what the templates need: the page itself; `swap` marks pieces that find their own place."""
        return {"page": self, "swap": self.fragment, **more}

    @cached_property
    def table(self) -> SafeString:
        """The table of the present rows."""
        return self.table_class.render(
            self.rows.records, columns=self.columns, sort=self.sort, sort_url=self._sort_url, pick=self.pick
        )

    @cached_property
    def table_rows(self) -> SafeString:
        """The present rows alone."""
        return self.table_class.render_rows(self.rows.records, columns=self.columns, pick=self.pick)

    @property
    def pick(self) -> bool:
        """Whether rows can be chosen: only where something can be done with them."""
        return bool(self.shown_bulk_actions)

    # ---- small things that templates ask

    @cached_property
    def part_urls(self) -> Mapping[str, str]:
        """The addresses of the parts in this state."""
        return {part: self.url(part=part) for part in PARTS}

    @property
    def has_filters(self) -> bool:
        """Whether there is more to filter by than the search box."""
        return len(self.filterset_class.parameters()) > 1

    @property
    def refocus(self) -> bool:
        """Whether what the reader had pressed is gone after the swap, so that the focus needs a place."""
        pressed = (self.request.htmx.trigger or "") if self.fragment else ""
        return pressed == "list-filter-form" or pressed.startswith("chip-")

    @property
    def tab_changed(self) -> bool:
        """Whether another tab is on than on the page that asks: else the tabs stay, and nothing is asked for them."""
        before = QueryDict(urlsplit(self.request.htmx.current_url or "").query)
        return before.get("view", "") != self.request.GET.get("view", "")

    @property
    def nothing_words(self) -> Words:
        """What the tab says when it is empty, as long as nothing else narrows the list."""
        narrowing = {name: values for name, values in self.state.lists() if name not in {"view", "sort"}}
        return self.tab.nothing if narrowing == dict(QueryDict(self.tab.query).lists()) else ""

    @property
    def shown_words(self) -> str:
        """How many of how many are shown."""
        return _("%(shown)s of %(count)s shown") % {"shown": rp.number(self.rows.until), "count": self.count}

    @property
    def matching(self) -> int:
        """How many rows "take all" would take; 0 where the rows shown are all there are."""
        return self.count.number if self.rows.more else 0

    @property
    def bulk_buttons(self) -> list[dict[str, Any]]:
        """The verbs as the bulk bar takes them."""
        return [action.button() for action in self.shown_bulk_actions]

    # ---- what the reader may

    @cached_property
    def shown_bulk_actions(self) -> list[BulkAction]:
        """The verbs that this reader may use."""
        return [action for action in self.bulk_actions if self.may(action.permission)]

    @cached_property
    def shown_actions(self) -> list[Action]:
        """The further actions that this reader may use."""
        return [action for action in self.actions if self.may(action.permission)]

    @cached_property
    def shown_primary(self) -> Action | None:
        """The primary action, if the reader may use it."""
        action = self.primary_action
        return action if action is not None and self.may(action.permission) else None

    @cached_property
    def first_step(self) -> Action | None:
        """The empty state's action, if the reader may use it."""
        action = self.empty.action
        return action if action is not None and self.may(action.permission) else None

    @cached_property
    def may_share(self) -> bool:
        """Whether the reader may give a view to everyone."""
        return self.may(saved_views.SHARE)

    @cached_property
    def may_export(self) -> bool:
        """Whether the reader may take the rows along."""
        return self.can_export and self.may(self.export_permission)

    # ---- parts

    def exact_count(self) -> HttpResponse:
        """Answer with the number behind "1,000+"."""
        return HttpResponse(rp.number(self.filtered.order_by().values("pk").count()))

    def filter_form(self) -> HttpResponse:
        """Answer with the form of all filters, filled with the present state."""
        return render(self.request, "components/filter_form.html", self.context())

    def save_form(self) -> HttpResponse:
        """Answer with the form that keeps the present state as a tab."""
        return render(self.request, "components/save_view.html", self.context())

    def counted_tabs(self) -> HttpResponse:
        """Answer with the tabs and their counts, each a capped count of its own; kept for a minute."""
        counts = {tab.key: str(capped_count(self.filterset(QueryDict(tab.query)).qs)) for tab in self.tabs}
        cache.set(self._counts_key, counts, COUNTS_KEPT)
        return render(self.request, "components/rows.html#views", self.context(swap=False))

    @property
    def _counts_key(self) -> str:
        return f"list-counts:{self.page}:{self.request.user.pk}"

    @cached_property
    def tab_counts(self) -> Mapping[str, str] | None:
        """The tabs' counts by key, None while they are not known (then the tabs ask for them after the page)."""
        return cache.get(self._counts_key) if self.views_with_counts else {}

    def export(self) -> HttpResponseBase:
        """Hand out exactly what is shown, all rows of it, as CSV, Excel or JSON."""
        if not self.may_export:
            raise PermissionDenied
        form = self.request.GET["format"]
        if self.errors or form not in FORMATS:
            return HttpResponseBadRequest(_("This address has a filter or a format that does not make sense."))
        stem = re.sub(r"[^a-z0-9]+", "-", self.page.rpartition(":")[2].lower()).strip("-") or "list"
        with from_replica() as as_of:
            answer = FORMATS[form](self.ordered(), self.columns, f"{stem}-{timezone.localdate():%Y-%m-%d}.{form}")
        if as_of:
            answer["Last-Modified"] = http_date(as_of.timestamp())
        return answer


PARTS: Final[Mapping[str, Callable[[ListPage], HttpResponse]]] = {
    "count": ListPage.exact_count,
    "filters": ListPage.filter_form,
    "save": ListPage.save_form,
    "views": ListPage.counted_tabs,
}
