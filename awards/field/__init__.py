"""Engaging the field: who owns customers that could enter is told whom to speak to, and what to say."""
