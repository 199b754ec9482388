"""The addresses of batches."""

from django.urls import path

from references.batches import views

_BATCH = "batches/<str:public_id>/"
_NAME = "batches/names/<str:public_id>/"

urlpatterns = [
    path("batches/", views.BatchList.as_view(), name="batches"),
    path("batches/new/", views.MakeBatch.as_view(), name="batch-new"),
    path(f"{_NAME}ask/", views.ask, name="batch-name-ask"),
    path(f"{_NAME}drop/", views.drop, name="batch-name-drop"),
    path(f"{_NAME}said-yes/", views.said_yes, name="batch-name-said-yes"),
    path(f"{_NAME}said-no/", views.said_no, name="batch-name-said-no"),
    path(_BATCH, views.batch_page, name="batch"),
    path(f"{_BATCH}edit/", views.ChangeBatch.as_view(), name="batch-edit"),
    path(f"{_BATCH}matches/", views.batch_matches, name="batch-matches"),
    path(f"{_BATCH}add/", views.add, name="batch-add"),
    path(f"{_BATCH}ask-all/", views.ask_all, name="batch-ask-all"),
    path(f"{_BATCH}hand-over/", views.hand_over, name="batch-hand-over"),
    path(f"{_BATCH}reopen/", views.reopen, name="batch-reopen"),
    path(f"{_BATCH}close/", views.close, name="batch-close"),
    path(f"{_BATCH}references.csv", views.as_csv, name="batch-csv"),
    path(f"{_BATCH}references.docx", views.as_docx, name="batch-docx"),
]
