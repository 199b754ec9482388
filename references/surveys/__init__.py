"""Surveys sent to contacts in waves: NPS, CSAT, willingness; their scores land on contact, account and timeline."""
