"""The pages of this room."""

from django.urls import path

from references.goodwill import views

urlpatterns = [
    path("asks/", views.calendar, name="asks"),
    path("asks/list/", views.AskList.as_view(), name="ask-list"),
    path("asks/reserve/", views.ReserveWhom.as_view(), name="reserve"),
    path("asks/report/", views.report, name="ask-report"),
    path("reservations/", views.ReservationList.as_view(), name="reservations"),
    path("reservations/<str:public_id>/", views.reservation, name="reservation"),
    path("reservations/<str:public_id>/release/", views.release, name="reservation-release"),
    path("reservations/<str:public_id>/use/", views.use, name="reservation-use"),
    path("goodwill/<int:pk>/correct/", views.correct, name="goodwill-correct"),
    path("accounts/<str:public_id>/give/", views.Give.as_view(), name="account-give"),
    path("accounts/<str:public_id>/reserve/", views.Reserve.as_view(), name="account-reserve"),
    path("accounts/<str:public_id>/goodwill/", views.account_panel, name="account-goodwill"),
    path("contacts/<str:public_id>/goodwill/", views.contact_panel, name="contact-goodwill"),
]
