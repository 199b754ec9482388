"""Dashboards and lists by mail, each week or month: what a mail says (`contents`), when it goes (`services`)."""
