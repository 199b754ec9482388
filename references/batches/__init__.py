"""Several references for one purpose (a tender, a report): each named only with that customer's own word for it.

The rows are `requests.RequestBatch` and `BatchName`. A name is used while two things hold: the customer said yes to
this very purpose (`NameState.ALLOWED`), and the consent ledger still covers it (`naming.py`).
"""
