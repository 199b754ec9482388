"""The pages of this room."""

from django.urls import path

from refprogram.governance.sponsors import pledge_views, views

urlpatterns = [
    path("sponsors/", views.board, name="sponsors"),
    path("sponsors/new/", views.NameSponsor.as_view(), name="sponsor-new"),
    path("sponsors/mine/", pledge_views.mine, name="my-pledges"),
    path("sponsors/promises/", pledge_views.PledgeList.as_view(), name="pledges"),
    path("sponsors/promises/<str:public_id>/", pledge_views.pledge, name="pledge"),
    path("sponsors/promises/<str:public_id>/change/", pledge_views.ChangePledge.as_view(), name="pledge-change"),
    path("sponsors/promises/<str:public_id>/done/", pledge_views.done, name="pledge-done"),
    path("sponsors/promises/<str:public_id>/tell/", pledge_views.TellPledge.as_view(), name="pledge-tell"),
    path("sponsors/promises/<str:public_id>/yes/", pledge_views.accept, name="pledge-accept"),
    path("sponsors/promises/<str:public_id>/no/", pledge_views.DeclinePledge.as_view(), name="pledge-decline"),
    path("sponsors/promises/<str:public_id>/release/", pledge_views.ReleasePledge.as_view(), name="pledge-release"),
    path("sponsors/promises/<str:public_id>/offer/", pledge_views.OfferPledge.as_view(), name="pledge-offer"),
    path("sponsors/promises/<str:public_id>/words/", pledge_views.WriteText.as_view(), name="pledge-text"),
    path("sponsors/promises/<str:public_id>/words/anew/", pledge_views.write_anew, name="pledge-text-anew"),
    path("sponsors/<str:public_id>/", views.sponsor, name="sponsor"),
    path("sponsors/<str:public_id>/change/", views.ChangeSponsor.as_view(), name="sponsor-change"),
    path("sponsors/<str:public_id>/end/", views.end, name="sponsor-end"),
    path("sponsors/<str:public_id>/keep/", views.keep_on, name="sponsor-keep"),
    path("sponsors/<str:public_id>/hand-over/", views.HandOver.as_view(), name="sponsor-hand-over"),
    path("sponsors/<str:public_id>/to-deputy/", views.to_deputy, name="sponsor-to-deputy"),
    path("sponsors/<str:public_id>/promise/", views.Promise.as_view(), name="pledge-new"),
]
