"""What people did in the CRM, as its export or an integration tells it: one row and one event each, never twice."""
