"""The metric dictionary: what each metric means, how it is counted, and what was counted.

`dictionary.py` names all metrics with formula, source, owner and a worked example; `formulas.py` and `matching.py`
are the formulas themselves (pure: from facts to a value); the rooms' modules (`deals.py`, `requests.py`, `pool.py`,
`nominations.py`, `money.py`) read facts from rows; `counting.py` keeps them, `kept.py` reads what is kept, `proofs.py`
proves it. A metric without data has no value and says why; it is never zero in disguise.
"""
