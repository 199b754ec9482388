"""The pages of entries and invitations; what entrants open lies behind signed links."""

from django.urls import path, re_path

from awards.entries import invite_views, public_views, redaction_views, views

urlpatterns = [
    path("entries/", views.MyEntryList.as_view(), name="my-entries"),
    path("entries/<str:public_id>/", views.entry_page, name="entry"),
    path("entries/<str:public_id>/write/", views.write, name="entry-write"),
    path("entries/<str:public_id>/screen/", views.screen, name="entry-screen"),
    path("entries/<str:public_id>/redact/", redaction_views.redact, name="entry-redact"),
    path("entries/<str:public_id>/extend/", views.Extend.as_view(), name="entry-extend"),
    path("entries/<str:public_id>/withdraw/", views.Withdraw.as_view(), name="entry-withdraw"),
    path("entries/<str:public_id>/disqualify/", views.Disqualify.as_view(), name="entry-disqualify"),
    path("entries/<str:public_id>/look-again/", views.LookAgain.as_view(), name="entry-look-again"),
    path("entries/<str:public_id>/duplicate/", views.Duplicate.as_view(), name="entry-duplicate"),
    re_path(
        r"^entries/(?P<public_id>\w+)/(?P<verb>redacted|not-redacted|known|another|confirm|keep)/$",
        views.entry_verb,
        name="entry-verb",
    ),
    path("contests/<slug:slug>/entries/", views.EntryList.as_view(), name="entries"),
    path("contests/<slug:slug>/entries/new/", views.EnterWithTeam.as_view(), name="entry-new"),
    path("contests/<slug:slug>/invites/", invite_views.InviteList.as_view(), name="invites"),
    path("contests/<slug:slug>/invites/new/", invite_views.Propose.as_view(), name="invite-new"),
    path("invites/<str:public_id>/", invite_views.invite_page, name="invite"),
    path("invites/<str:public_id>/refuse/", invite_views.Refuse.as_view(), name="invite-refuse"),
    re_path(r"^invites/(?P<public_id>\w+)/(?P<verb>invite|let-go)/$", invite_views.invite_verb, name="invite-verb"),
    path("awards/<slug:slug>/enter/", public_views.enter, name="enter"),
    path("awards/<slug:slug>/enter/<str:said>/", public_views.enter_by_mail, name="enter-by-mail"),
]
