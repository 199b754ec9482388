"""A room with lists of every kind, made of saved views: what the tests of lists look at."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from factory import Sequence
from factory.django import DjangoModelFactory

from refprogram.kernel import filters, list_views, tables
from refprogram.kernel.errors import DomainError
from refprogram.kernel.lists import Action, BulkAction, Empty, ListPage, View
from refprogram.kernel.models import SavedView

HTMX = {"HX-Request": "true"}
ROWS = "rooms:rows"  # the page of the views that serve as rows
HIDDEN = "rooms:hidden"  # rows that the reader must not see


class RowFactory(DjangoModelFactory):
    """A row of the list: a saved view of somebody, on a page of its own."""

    class Meta:
        model = SavedView

    page = ROWS
    name = Sequence(lambda n: f"Row {n:04}")


class RowTable(tables.Table):
    """Columns of the list."""

    name = tables.NameColumn("Row", "name", url=lambda row: f"/rows/{row.public_id}/", order_by="name")
    owner = tables.OwnerColumn("Owner", "user.person.name", order_by="user__person__name")
    position = tables.NumberColumn("Position", "position", order_by="position", desc_first=True)
    seen = tables.BooleanColumn("Shared", "shared")


class RowFilter(filters.FilterSet):
    """Filters of the list."""

    place = filters.RangeFilter(label="Place", field_name="position")
    shared = filters.YesNoFilter(label="Shared")


class RowList(ListPage):
    """The list under test."""

    page = "rooms:list"
    title = "Rows"
    table_class = RowTable
    filterset_class = RowFilter
    search_fields = ("name",)
    default_sort = "name"
    views = (View("shared", "Shared ones", "shared=yes&sort=-position"), View("secret", "Secret", "", "kernel.nobody"))
    bulk_actions = (
        BulkAction("share", "Share", icon="users", confirm="Share these?", short="Go"),
        BulkAction("refuse", "Refuse"),
        BulkAction("open", "Open"),
        BulkAction("secret", "Secret verb", permission="kernel.nobody_may"),
    )
    primary_action = Action("Add a row", "/rows/add/", icon="plus")
    actions = (
        Action("Import rows", "/rows/import/"),
        Action("Secret page", "/secret/", permission="kernel.nobody_may"),
    )
    empty = Empty("Rows will be here.", primary_action)

    def get_queryset(self) -> QuerySet[SavedView]:
        return SavedView.objects.filter(page=ROWS)

    def get_facts(self) -> str:
        return "One line of facts"

    def bulk_share(self, chosen: QuerySet[SavedView]) -> str:
        return f"{chosen.update(shared=True)} shared"

    def bulk_refuse(self, chosen: QuerySet[SavedView]) -> str:
        raise DomainError("Not on a Sunday.")

    def bulk_open(self, chosen: QuerySet[SavedView]) -> HttpResponse:
        return HttpResponse(f"a form for {chosen.count()}")

    def bulk_secret(self, chosen: QuerySet[SavedView]) -> str:
        raise AssertionError("not for this reader")


class Counted(RowList):
    """Its tabs have counts."""

    page = "rooms:counted"
    views_with_counts = True


class Plain(ListPage):
    """The least a list can be; nothing is exported."""

    title = "Plain rows"
    table_class = RowTable
    can_export = False

    def get_queryset(self) -> QuerySet[SavedView]:
        return SavedView.objects.filter(page=ROWS)


class Forbidden(Plain):
    """Nobody may open it."""

    permission = "kernel.nobody_may"


def landing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


verbs = (
    [
        path("views/", list_views.SaveView.as_view(), name="save-view"),
        path("views/<str:public_id>/delete/", list_views.DeleteView.as_view(), name="delete-view"),
    ],
    "kernel",
)
urlpatterns = [
    path("rows/", RowList.as_view()),
    path("counted/", Counted.as_view()),
    path("plain/", Plain.as_view()),
    path("forbidden/", Forbidden.as_view()),
    path("auth/login/", landing, name="account_login"),
    path("", include(verbs)),
]
