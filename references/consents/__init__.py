"""What may be shown of a customer, where, to whom, until when – and the one gate that says so: `gate.can_use`.

`accounts.Consent` is the act of agreeing (who, when, in which words); a `ConsentTerm` is one thing agreed to.
"""
