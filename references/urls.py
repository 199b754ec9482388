"""The pages of the reference rooms: accounts, requests, CRM exchange."""

from references.accounts.urls import urlpatterns as accounts
from references.assignment.urls import urlpatterns as assignment
from references.batches.urls import urlpatterns as batches
from references.catalogue.urls import urlpatterns as catalogue
from references.consents.urls import urlpatterns as consents
from references.content.urls import urlpatterns as content
from references.coverage.urls import urlpatterns as coverage
from references.customer_page.urls import urlpatterns as customer_page
from references.exchange.urls import urlpatterns as exchange
from references.facetime.urls import urlpatterns as face_time
from references.goodwill.urls import urlpatterns as goodwill
from references.merging.urls import urlpatterns as merging
from references.profiles.urls import urlpatterns as profiles
from references.requests.urls import urlpatterns as requests
from references.surveys.urls import urlpatterns as surveys

app_name = "references"
urlpatterns = [
    *assignment,
    *content,
    *consents,
    *coverage,
    *face_time,
    *goodwill,
    *profiles,
    *merging,
    *accounts,
    *customer_page,
    *requests,
    *exchange,
    *surveys,
    *catalogue,
    *batches,
]
