"""The pages of this room."""

from django.urls import path

from refprogram.ops import views

app_name = "ops"
urlpatterns = [
    path("privacy/", views.kept, name="kept"),
    path("privacy/<str:public_id>/erase/", views.ErasePerson.as_view(), name="erase"),
    path("privacy/<str:public_id>/export/", views.export, name="export"),
]
