"""The pages of this room."""

from django.urls import path

from incentives.quality import views

urlpatterns = [
    path("quality/", views.own, name="quality"),
    path("accounts/<str:public_id>/record/", views.account_panel, name="account-record"),
    path("quality/look/", views.look_again, name="quality-look"),
    path("quality/exceptions/", views.ExceptionList.as_view(), name="quality-exceptions"),
    path("quality/months/", views.MonthList.as_view(), name="quality-months"),
    path("quality/months/<str:public_id>/", views.month_page, name="quality-month"),
    path("quality/faults/<str:public_id>/", views.fault_page, name="fault"),
    path("quality/faults/<str:public_id>/excuse/", views.Excuse.as_view(), name="fault-excuse"),
]
