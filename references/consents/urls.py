"""The pages of consent to show something."""

from django.urls import path

from references.consents import views, word_views

urlpatterns = [
    path("consents/", views.TermList.as_view(), name="consents"),
    path("consents/words/", word_views.words_list, name="consent-words"),
    path("consents/words/new/", word_views.NewWords.as_view(), name="consent-words-new"),
    path("consents/words/preview/", word_views.preview_words, name="consent-words-preview"),
    path("consents/words/<str:public_id>/", word_views.words, name="consent-words-version"),
    path("consents/words/<str:public_id>/next/", word_views.NextWords.as_view(), name="consent-words-next"),
    path("consents/words/<str:public_id>/retire/", word_views.retire_words, name="consent-words-retire"),
    path("consents/<str:public_id>/verify/", views.verify_link, name="consent-verify"),
    path("consent-terms/<str:public_id>/revoke/", views.revoke_term, name="term-revoke"),
    path("releases/<str:public_id>/withdraw/", views.withdraw_release, name="release-withdraw"),
    path("contacts/<str:public_id>/terms/", views.contact_terms, name="contact-terms"),
    path("contacts/<str:public_id>/terms/add/", views.RecordTerms.as_view(), name="contact-terms-add"),
    path("contacts/<str:public_id>/release/", views.AskRelease.as_view(), name="contact-release"),
]
