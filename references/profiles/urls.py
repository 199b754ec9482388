"""The pages of this room."""

from django.urls import path

from references.profiles.views import corrections, masked, outcomes, programs, readiness

urlpatterns = [
    path("linked-programs/", programs.ProgramList.as_view(), name="programs"),
    path("linked-programs/add/", programs.AddProgram.as_view(), name="program-add"),
    path("linked-programs/people/", programs.MemberList.as_view(), name="participations"),
    path("linked-programs/<str:public_id>/", programs.program, name="program"),
    path("linked-programs/<str:public_id>/edit/", programs.EditProgram.as_view(), name="program-edit"),
    path("linked-programs/<str:public_id>/end/", programs.end_program, name="program-end"),
    path("accounts/<str:public_id>/programs/", programs.account_programs, name="account-programs"),
    path("accounts/<str:public_id>/programs/add/", programs.AddParticipation.as_view(), name="participation-add"),
    path("participations/<str:public_id>/begin/", programs.begin_participation, name="participation-begin"),
    path("participations/<str:public_id>/end/", programs.end_participation, name="participation-end"),
    path("accounts/masked/", masked.MaskedList.as_view(), name="masked"),
    path("accounts/<str:public_id>/unmask/", masked.Unmask.as_view(), name="account-unmask"),
    path("unmaskings/", masked.UnmaskingList.as_view(), name="unmaskings"),
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
