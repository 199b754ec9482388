"""The pages of this room."""

from django.urls import path

from incentives.activity import charity_views as charity
from incentives.activity import presentation_views as presentations
from incentives.activity import views

urlpatterns = [
    path("activity-rewards/", views.own, name="activity"),
    path("activity-rewards/weeks/", views.WeekList.as_view(), name="week-rewards"),
    path("activity-rewards/weeks/<str:public_id>/", views.week_page, name="week-reward"),
    path("activity-rewards/proofs/", views.ProofList.as_view(), name="activity-proofs"),
    path("activity-rewards/proofs/<str:public_id>/", views.proof_page, name="activity-proof"),
    path("activity-rewards/proofs/<str:public_id>/give/", views.GiveProof.as_view(), name="activity-proof-give"),
    path("activity-rewards/proofs/<str:public_id>/judge/", views.JudgeProof.as_view(), name="activity-proof-judge"),
    path("adoption/", views.AdoptionList.as_view(), name="adoption"),
    path("presentations/", presentations.PresentationList.as_view(), name="presentations"),
    path("presentations/<str:public_id>/", presentations.presentation_page, name="presentation"),
    path("presentations/<str:public_id>/ask/", presentations.Ask.as_view(), name="presentation-ask"),
    path("presentations/<str:public_id>/mark/", presentations.Mark.as_view(), name="presentation-mark"),
    path("presentations/<str:public_id>/decide/", presentations.Decide.as_view(), name="presentation-decide"),
    path("charity/", charity.charity, name="charity"),
    path("charity/new/", charity.ProposePot.as_view(), name="charity-new"),
    path("charity/<str:public_id>/sign-off/", charity.SignOff.as_view(), name="charity-sign-off"),
    path("charity/<str:public_id>/give/", charity.GiveToPot.as_view(), name="charity-give"),
    path("charity/<str:public_id>/close/", charity.close, name="charity-close"),
    path("charity/pledges/<str:public_id>/withdraw/", charity.withdraw, name="pledge-withdraw"),
]
