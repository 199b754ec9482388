"""The pages of the watch. Before those of rules: "looks" is no rule's id."""

from django.urls import path

from incentives.watch import views

urlpatterns = [
    path("rules/looks/", views.LookList.as_view(), name="looks"),
    path("rules/looks/<str:public_id>/", views.look, name="look"),
    path("rules/looks/<str:public_id>/clear/", views.Clear.as_view(), name="clear-look"),
    path("rules/looks/<str:public_id>/doubt/", views.Doubt.as_view(), name="doubt-look"),
    path("rules/looks/<str:public_id>/confirm/", views.confirm, name="confirm-look"),
]
