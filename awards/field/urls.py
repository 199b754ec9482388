"""The page for account teams."""

from django.urls import path

from awards.field.views import field_page

urlpatterns = [path("contests/<slug:slug>/field/", field_page, name="contest-field")]
