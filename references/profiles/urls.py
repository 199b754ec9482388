"""The pages of this room."""

from django.urls import path

from references.profiles.views import corrections, outcomes, readiness

urlpatterns = [
    path("corrections/", corrections.CorrectionList.as_view(), name="corrections"),
    path("corrections/<str:public_id>/refuse/", corrections.RefuseCorrection.as_view(), name="correction-refuse"),
    path("accounts/<str:public_id>/corrections/", corrections.account_corrections, name="account-corrections"),
    path("accounts/<str:public_id>/corrections/add/", corrections.ProposeCorrection.as_view(), name="correction-add"),
    path("outcomes/", outcomes.OutcomeList.as_view(), name="outcomes"),
    path("outcomes/<str:public_id>/edit/", outcomes.EditOutcome.as_view(), name="outcome-edit"),
    path("outcomes/<str:public_id>/verify/", outcomes.verify, name="outcome-verify"),
    path("outcomes/<str:public_id>/remove/", outcomes.remove, name="outcome-remove"),
    path("accounts/<str:public_id>/readiness/", readiness.account_readiness, name="account-readiness"),
    path("accounts/<str:public_id>/outcomes/", outcomes.account_outcomes, name="account-outcomes"),
    path("accounts/<str:public_id>/outcomes/add/", outcomes.AddOutcome.as_view(), name="outcome-add"),
]
