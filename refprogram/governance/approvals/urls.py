"""The pages of this room."""

from django.urls import path

from refprogram.governance.approvals import chain_views, views

_CHAIN = "approvals/chains/<str:public_id>/"
_APPROVAL = "approvals/<str:public_id>/"

urlpatterns = [
    path("approvals/", views.ApprovalList.as_view(), name="approvals"),
    path("approvals/colleagues/", views.colleague_options, name="colleague-options"),
    path("approvals/chains/approvers/", chain_views.approver_options, name="approver-options"),
    path("approvals/chains/", chain_views.chains, name="chains"),
    path(_CHAIN, chain_views.chain, name="chain"),
    path(f"{_CHAIN}edit/", chain_views.EditChain.as_view(), name="chain-edit"),
    path(f"{_CHAIN}dry-run/", chain_views.dry_run, name="chain-dry-run"),
    path(f"{_CHAIN}publish/", chain_views.publish, name="chain-publish"),
    path(f"{_CHAIN}drop/", chain_views.drop, name="chain-drop"),
    path(_APPROVAL, views.approval, name="approval"),
    path(f"{_APPROVAL}decide/", views.decide, name="approval-decide"),
    path(f"{_APPROVAL}answer/", views.answer, name="approval-answer"),
    path(f"{_APPROVAL}turns/<str:turn_id>/hand-over/", views.HandOver.as_view(), name="approval-hand-over"),
    path(f"{_APPROVAL}withdraw/", views.withdraw, name="approval-withdraw"),
]
