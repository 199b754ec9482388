"""The pages of this room."""

from django.urls import URLPattern, URLResolver, path

from incentives.badges import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("rewards/colleagues/", views.colleague_options, name="colleague-options"),
    path("badges/", views.BadgeList.as_view(), name="badges"),
    path("badges/new/", views.NewBadge.as_view(), name="new-badge"),
    path("badges/given/<str:public_id>/revoke/", views.RevokeBadge.as_view(), name="revoke-badge"),
    path("badges/<str:public_id>/", views.badge, name="badge"),
    path("badges/<str:public_id>/change/", views.ChangeBadge.as_view(), name="change-badge"),
    path("badges/<str:public_id>/give/", views.GiveBadge.as_view(), name="give-badge"),
    path("badges/<str:public_id>/retire/", views.retire_badge, name="retire-badge"),
    path("badges/<str:public_id>/bring-back/", views.bring_back_badge, name="bring-back-badge"),
]
