"""The pages of this app."""

from django.urls import include, path

from incentives.ledger import views as ledger
from incentives.recognition import views as recognition

app_name = "incentives"
urlpatterns = [
    path("", include("incentives.badges.urls")),
    path("", include("incentives.catalogue.urls")),
    path("", include("incentives.draws.urls")),
    path("", include("incentives.pay.urls")),
    path("", include("incentives.quality.urls")),
    path("", include("incentives.activity.urls")),
    path("", include("incentives.recognition.urls")),
    path("", include("incentives.watch.urls")),  # before rules: "looks" is no rule's id
    path("", include("incentives.simulation.urls")),  # before rules: "simulations" is no rule's id
    path("", include("incentives.rulebook.urls")),
    path("", include("incentives.newsletters.urls")),
    path("rewards/", recognition.rewards, name="rewards"),
    path("rewards/leaderboard/", recognition.leaderboard, name="leaderboard"),
    path("ledger/", ledger.LedgerList.as_view(), name="ledger"),
    path("ledger/<str:public_id>/", ledger.entry, name="entry"),
    path("ledger/<str:public_id>/reverse/", ledger.reverse_entry, name="reverse-entry"),
]
