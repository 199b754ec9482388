"""The pages of the reference rooms: accounts, requests, CRM exchange."""

from references.accounts.urls import urlpatterns as accounts
from references.consents.urls import urlpatterns as consents
from references.exchange.urls import urlpatterns as exchange
from references.requests.urls import urlpatterns as requests
from references.surveys.urls import urlpatterns as surveys

app_name = "references"
urlpatterns = [*consents, *accounts, *requests, *exchange, *surveys]
