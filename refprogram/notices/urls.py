"""The pages of this room."""

from django.urls import path

from refprogram.notices import catcher_views, views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/recent/", views.recent, name="recent"),
    path("notices/read-all/", views.read_all, name="read-all"),
    path("notices/preferences/", views.preferences, name="preferences"),
    path("notices/<str:public_id>/", views.follow, name="follow"),
    path("notices/<str:public_id>/read/", views.read, name="read"),
    path("dev/mail/", catcher_views.mails, name="caught-list"),
    path("dev/mail/<str:name>/", catcher_views.mail, name="caught"),
    path("dev/mail/<str:name>/html/", catcher_views.mail_html, name="caught-html"),
]
