"""The pages of this room."""

from django.urls import path

from refprogram.governance.budgets import verb_views, views

urlpatterns = [
    path("budgets/", views.budgets, name="budgets"),
    path("budgets/new/", verb_views.AskForFund.as_view(), name="fund-new"),
    path("budgets/book/", views.BookList.as_view(), name="fund-book"),
    path("budgets/commitments/", views.CommitmentList.as_view(), name="commitments"),
    path("budgets/commitments/<str:public_id>/spend/", verb_views.BookSpending.as_view(), name="commitment-spend"),
    path("budgets/commitments/<str:public_id>/refund/", verb_views.BookRefund.as_view(), name="commitment-refund"),
    path("budgets/commitments/<str:public_id>/release/", verb_views.release, name="commitment-release"),
    path("budgets/lines/<str:public_id>/", verb_views.ChangeLine.as_view(), name="line-change"),
    path("budgets/<str:public_id>/", views.fund, name="fund"),
    path("budgets/<str:public_id>/history/", views.history, name="fund-history"),
    path("budgets/<str:public_id>/allocate/", verb_views.Allocate.as_view(), name="fund-allocate"),
    path("budgets/<str:public_id>/more/", verb_views.AskForMore.as_view(), name="fund-more"),
    path("budgets/<str:public_id>/lines/", verb_views.AddLine.as_view(), name="line-new"),
    path("budgets/<str:public_id>/spending/", verb_views.AskToSpend.as_view(), name="spending-new"),
    path("budgets/<str:public_id>/freeze/", verb_views.freeze, name="fund-freeze"),
    path("budgets/<str:public_id>/thaw/", verb_views.thaw, name="fund-thaw"),
    path("budgets/<str:public_id>/close/", verb_views.close, name="fund-close"),
]
