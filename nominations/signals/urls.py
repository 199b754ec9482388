"""The addresses of signals and open links."""

from django.urls import path

from nominations.signals import views

urlpatterns = [
    path("nominations/signals/", views.signals, name="signals"),
    path("nominations/signals/<slug:signal>/", views.EditRule.as_view(), name="signal"),
    path("nominations/links/", views.LinkList.as_view(), name="links"),
    path("nominations/links/new/", views.MakeLink.as_view(), name="link-new"),
    path("nominations/links/<str:public_id>/", views.link, name="link"),
    path("nominations/links/<str:public_id>/qr.svg", views.qr, name="link-qr"),
    path("nominations/links/<str:public_id>/end/", views.end_link, name="link-end"),
]
