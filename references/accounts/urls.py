"""The pages of this room."""

from django.urls import path

from references.accounts.views import attest, deals, detail, edit, lists, standing, verbs

urlpatterns = [
    path("accounts/", lists.AccountList.as_view(), name="accounts"),
    path("accounts/add/", edit.AddAccount.as_view(), name="account-add"),
    path("accounts/options/", lists.account_options, name="account-options"),
    path("accounts/similar/", lists.account_similar, name="account-similar"),
    path("accounts/attest/", attest.attest, name="attest"),
    path("accounts/<str:public_id>/", detail.account, name="account"),
    path("accounts/<str:public_id>/edit/", edit.EditAccount.as_view(), name="account-edit"),
    path("accounts/<str:public_id>/timeline/", detail.account_timeline, name="account-timeline"),
    path("accounts/<str:public_id>/asks/", detail.account_asks, name="account-asks"),
    path("accounts/<str:public_id>/freeze/", edit.FreezeAccount.as_view(), name="account-freeze"),
    path("accounts/<str:public_id>/pause/", edit.PauseAccount.as_view(), name="account-pause"),
    path("accounts/<str:public_id>/membership/", standing.AccountStep.as_view(), name="account-step"),
    path("accounts/<str:public_id>/membership/panel/", standing.panel, name="account-membership"),
    path("accounts/<str:public_id>/resume/", verbs.resume, name="account-resume"),
    path("accounts/<str:public_id>/confirm/", verbs.confirm, name="account-confirm"),
    path("accounts/<str:public_id>/ask-still-true/", verbs.ask_still_true, name="account-ask-still-true"),
    path("accounts/<str:public_id>/contacts/add/", edit.AddContact.as_view(), name="contact-add"),
    path("contacts/<str:public_id>/", detail.contact, name="contact"),
    path("contacts/<str:public_id>/edit/", edit.EditContact.as_view(), name="contact-edit"),
    path("contacts/<str:public_id>/invite/", edit.InviteContact.as_view(), name="contact-invite"),
    path("contacts/<str:public_id>/withdraw/", verbs.withdraw_invitation, name="contact-withdraw"),
    path("contacts/<str:public_id>/consent/", edit.RecordConsent.as_view(), name="contact-consent"),
    path("contacts/<str:public_id>/membership/", standing.ContactStep.as_view(), name="contact-step"),
    path("contacts/<str:public_id>/left/", verbs.contact_left, name="contact-left"),
    path("consents/<str:public_id>/revoke/", verbs.revoke_consent, name="consent-revoke"),
    path("freezes/<str:public_id>/lift/", verbs.lift_freeze, name="freeze-lift"),
    path("opportunities/", lists.OpportunityList.as_view(), name="opportunities"),
    path("opportunities/<str:public_id>/", deals.opportunity, name="opportunity"),
    path("opportunities/<str:public_id>/edit/", deals.EditAdded.as_view(), name="opportunity-edit"),
]
