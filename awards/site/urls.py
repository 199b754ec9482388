"""The public pages of contests."""

from django.urls import path

from awards.site import views

urlpatterns = [
    path("awards/", views.contests, name="sites"),
    path("awards/<slug:slug>/", views.contest, name="site"),
    path("awards/<slug:slug>/rules/", views.rules, name="site-rules"),
    path("awards/<slug:slug>/share/", views.share, name="site-share"),
    path("awards/<slug:slug>/ask/", views.ask, name="site-ask"),
    path("awards/<slug:slug>/logos/<str:public_id>/", views.logo, name="site-logo"),
    path("awards/<slug:slug>/share.png", views.picture, name="site-picture"),
    path("awards/<slug:slug>/share/<slug:category>.png", views.category_picture, name="site-category-picture"),
    path("awards/<slug:slug>/overview.pdf", views.overview, name="site-overview"),
    path("awards/<slug:slug>/qr.svg", views.qr, name="site-qr"),
    path("awards/<slug:slug>/dates.ics", views.dates, name="site-dates"),
]
