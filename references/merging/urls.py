"""The pages of this room."""

from django.urls import path

from references.merging import views

urlpatterns = [
    path("merging/", views.merging, name="merging"),
    path("merging/<str:public_id>/undo/", views.undo, name="merge-undo"),
    path("accounts/<str:public_id>/merge/", views.account, name="merge-account"),
    path("contacts/<str:public_id>/merge/", views.contact, name="merge-contact"),
]
