"""The pages of this room."""

from django.urls import path

from references.customer_page import views

urlpatterns = [
    path("contacts/<str:public_id>/page/send/", views.send, name="contact-page-send"),
    path("contacts/<str:public_id>/page/withdraw/", views.withdraw, name="contact-page-withdraw"),
]
