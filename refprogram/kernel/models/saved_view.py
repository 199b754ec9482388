"""A list page's state that somebody gave a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from refprogram.kernel.models.base import Noun


class SavedView(Noun):
    """One tab of a list page: `query` is the page's URL state (filters, search, order), without the question mark.

    `page` is the list page's key (usually its URL name). A shared view is a tab for everybody who may open the
    page; the rows behind it are still each reader's own.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="saved_view_one_name"),
        ]
        indexes = [
            models.Index(fields=["page"], name="saved_view_shared", condition=Q(shared=True)),
        ]

    def __str__(self) -> str:
        return self.name
