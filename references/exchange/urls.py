"""Pages of the CRM exchange."""

from django.urls import path

from references.exchange import views

urlpatterns = [
    path("imports/", views.ImportList.as_view(), name="imports"),
    path("imports/add/", views.ImportAdd.as_view(), name="import-add"),
    path("imports/<slug:public_id>/", views.ImportDetail.as_view(), name="import"),
]
