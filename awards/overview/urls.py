"""The contest's own page."""

from django.urls import path

from awards.overview.views import contest_page

urlpatterns = [path("contests/<slug:slug>/", contest_page, name="contest")]
