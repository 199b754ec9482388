"""The reference portfolio: accounts, contacts, consent, requests, matching, CRM exchange."""
