"""The pages of this room, beside points and their leaderboard."""

from django.urls import URLPattern, URLResolver, path

from incentives.recognition import letter_views, my_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("recognition/", my_views.my_recognition, name="my-recognition"),
    path("recognition/choice/", my_views.Choose.as_view(), name="recognition-choice"),
    path("recognition/thank/", my_views.Thank.as_view(), name="thank"),
    path("recognition/wall/", my_views.wall, name="wall"),
    path("recognition/help/", my_views.needs_help, name="needs-help"),
    path("thanks/<str:public_id>/take-back/", my_views.take_thanks_back, name="take-thanks-back"),
    path("feed/", my_views.read_feed, name="feed"),
    path("feed/panel/", my_views.feed_panel, name="feed-panel"),
    path("feed/<str:public_id>/hide/", my_views.hide_post, name="hide-post"),
    path("letters/", letter_views.letters, name="letters"),
    path("letters/new/", letter_views.NewLetter.as_view(), name="new-letter"),
    path("letters/<str:public_id>/", letter_views.letter, name="letter"),
    path("letters/<str:public_id>/edit/", letter_views.EditLetter.as_view(), name="edit-letter"),
    path("letters/<str:public_id>/send/", letter_views.send_letter, name="send-letter"),
    path("letters/<str:public_id>/drop/", letter_views.drop_letter, name="drop-letter"),
]
