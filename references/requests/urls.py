"""The pages of reference requests."""

from django.urls import path

from references.requests.views import afterwards, around, deals, gifts, needs, override, pages, passing_on, verbs
from references.requests.views.lists import AtRiskQueue, RequestList

_REQUEST = "requests/<str:public_id>/"
_CANDIDATE = "requests/candidates/<str:public_id>/"

urlpatterns = [
    path("contacts/<str:public_id>/thank/", gifts.ThankWithGift.as_view(), name="contact-thank"),
    path("opportunities/<str:public_id>/requests/", deals.deal_requests, name="opportunity-requests"),
    path("requests/", RequestList.as_view(), name="requests"),
    path("requests/new/", needs.AskReference.as_view(), name="request-new"),
    path("requests/at-risk/", AtRiskQueue.as_view(), name="requests-at-risk"),
    path("requests/log/", afterwards.LogHeld.as_view(), name="request-log"),
    path("requests/log/people/", afterwards.people, name="request-log-people"),
    path("requests/new/deals/", needs.deals, name="request-deals"),
    path("requests/new/fits/", needs.fits, name="request-fits"),
    path("requests/new/instead/", needs.instead, name="request-instead"),
    path(_REQUEST, pages.request_page, name="request"),
    path(f"{_REQUEST}matches/", pages.request_matches, name="request-matches"),
    path(f"{_REQUEST}left-out/", pages.request_left_out, name="request-left-out"),
    path(f"{_REQUEST}history/", pages.request_history, name="request-history"),
    path(f"{_REQUEST}edit/", needs.ChangeNeed.as_view(), name="request-edit"),
    path(f"{_REQUEST}ask-back/", verbs.ask_back, name="request-ask-back"),
    path(f"{_REQUEST}answer/", verbs.answer, name="request-answer"),
    path(f"{_REQUEST}refuse/", verbs.refuse, name="request-refuse"),
    path(f"{_REQUEST}not-filled/", verbs.mark_unfilled, name="request-not-filled"),
    path(f"{_REQUEST}line-up/", verbs.line_up, name="request-line-up"),
    path(f"{_REQUEST}pass-on/", passing_on.PassOn.as_view(), name="request-pass-on"),
    path(f"{_REQUEST}instead/", pages.request_instead, name="request-ladder"),
    path(f"{_REQUEST}by-content/", verbs.by_content, name="request-by-content"),
    path(f"{_REQUEST}settle/", verbs.settle, name="request-settle"),
    path(f"{_REQUEST}withdraw/", verbs.withdraw, name="request-withdraw"),
    path(f"{_REQUEST}close/", verbs.close, name="request-close"),
    path(f"{_REQUEST}override/", override.AskPastRules.as_view(), name="request-override"),
    path(f"{_REQUEST}propose/", verbs.propose, name="request-propose"),
    path(f"{_CANDIDATE}approve/", verbs.approve, name="candidate-approve"),
    path(f"{_CANDIDATE}decline/", verbs.decline, name="candidate-decline"),
    path(f"{_CANDIDATE}said-yes/", verbs.accept, name="candidate-said-yes"),
    path(f"{_CANDIDATE}said-no/", verbs.say_no, name="candidate-said-no"),
    path(f"{_CANDIDATE}release/", verbs.release, name="candidate-release"),
    path(f"{_CANDIDATE}schedule/", verbs.schedule, name="candidate-schedule"),
    path(f"{_CANDIDATE}held/", verbs.held, name="candidate-held"),
    path(f"{_CANDIDATE}no-show/", verbs.no_show, name="candidate-no-show"),
    path(f"{_CANDIDATE}feedback/", verbs.feedback, name="candidate-feedback"),
    path(f"{_CANDIDATE}brief/", around.brief, name="candidate-brief"),
    path(f"{_CANDIDATE}promise/", around.promise, name="candidate-promise"),
    path(f"{_CANDIDATE}other-times/", around.other_times, name="candidate-other-times"),
    path(f"{_CANDIDATE}thanks/", around.Thank.as_view(), name="candidate-thanks"),
    path(f"{_CANDIDATE}calendar/", verbs.calendar, name="candidate-calendar"),
]
