"""What is known of a customer beyond the CRM: outcomes, whose word each field is, linked programs, masks.

`models` rows · `services` verbs · `selectors` reads · `readiness` the explained score · `masks` who sees which name.
"""
