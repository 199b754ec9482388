"""The pages of this room."""

from django.urls import path

from refprogram.kernel import links_views

app_name = "kernel"
urlpatterns = [
    path("s/<str:token>/", links_views.open_link, name="link"),
]
