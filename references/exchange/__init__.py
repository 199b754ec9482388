"""Import from CRM exports."""
