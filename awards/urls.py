"""The pages of this app, by room: `<room>/urls.py`."""

from awards.assignment.urls import urlpatterns as assignment
from awards.closing.urls import urlpatterns as closing
from awards.contests.urls import urlpatterns as contests
from awards.entries.urls import urlpatterns as entries
from awards.field.urls import urlpatterns as field
from awards.judging.urls import urlpatterns as judging
from awards.overview.urls import urlpatterns as overview
from awards.prizes.urls import urlpatterns as prizes
from awards.promotion.urls import urlpatterns as promotion
from awards.results.urls import urlpatterns as results
from awards.site.urls import urlpatterns as site
from awards.voting.urls import urlpatterns as voting

app_name = "awards"
# The contest's own pages come last: `contests/<slug>/` would take what the others begin with `contests/`.
urlpatterns = [
    *(*entries, *judging, *assignment, *results, *voting, *prizes, *promotion, *closing),
    *(*contests, *overview, *field, *site),
]
