"""The numbers of a contest, as pure functions: they know judges and entries by any key, and no tables.

    judge effects, adjusted scores, intervals       effects.py
    the same without each judge in turn             stability.py
    how far judges agree                            reliability.py
    who is harsh, erratic, hasty                    diagnostics.py
    places and ties                                 orders.py
    rankings, and two at a time                     pairwise.py

`results/` feeds them from the tables and keeps what they say.
"""
