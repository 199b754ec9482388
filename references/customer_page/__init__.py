"""A customer's own page, by signed link: what they agreed to, what was asked and used, pause, caps, answers, take back.

Above all other rooms of references: it shows what they know and calls their verbs. Rooms above this one hang panels in:
`settings.CUSTOMER_PANELS`, `{name: "dotted (contact) -> panels.Panel | None"}` (the first is `panels.gifts`).
"""
