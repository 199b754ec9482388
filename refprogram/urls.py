"""The map of pages. Each room owns its part; here they are only put together."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from refprogram.api import api
from refprogram.kernel.address_book import by_first_word

# The support view has no door of its own: sign-in, with its limits and second steps, is allauth's.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

_rooms = [
    path("", include("refprogram.dashboards.urls")),
    path("", include("refprogram.kernel.urls")),
    path("", include("refprogram.people.urls")),
    path("", include("refprogram.notices.urls")),
    path("", include("refprogram.governance.urls")),
    path("", include("references.urls")),
    path("", include("nominations.urls")),
    path("", include("awards.urls")),
    path("", include("incentives.urls")),
    path("", include("refprogram.ops.urls")),
    # An address is given by who invites, so allauth's page for changing one's own is not offered.
    path("auth/email/", RedirectView.as_view(pattern_name="people:settings"), name="account_email"),
    path("auth/", include("allauth.urls")),
    by_first_word("admin/", admin.site.urls),
    by_first_word("api/v1/", api.urls),
]
urlpatterns = [by_first_word("", _rooms)]
handler403 = "refprogram.dashboards.errors.denied"
handler404 = "refprogram.dashboards.errors.not_found"
handler500 = "refprogram.dashboards.errors.broken"
