"""Campaigns: a time in which the company is asked to nominate, with messages, a budget and a result."""
