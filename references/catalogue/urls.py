"""The addresses of the catalogue."""

from django.urls import path

from references.catalogue import views

urlpatterns = [
    path("activities/", views.ActivityList.as_view(), name="activities"),
    path("activities/new/", views.AddActivity.as_view(), name="activity-new"),
    path("activities/<slug:slug>/edit/", views.EditActivity.as_view(), name="activity-edit"),
    path("activities/<slug:slug>/retire/", views.retire, name="activity-retire"),
    path("activities/<slug:slug>/bring-back/", views.bring_back, name="activity-bring-back"),
]
