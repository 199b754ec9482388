"""The panels of this room."""

from django.urls import path

from references.facetime import views

urlpatterns = [
    path("accounts/<str:public_id>/face-time/", views.account_panel, name="account-face-time"),
    path("contacts/<str:public_id>/face-time/", views.contact_panel, name="contact-face-time"),
]
