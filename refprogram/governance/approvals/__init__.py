"""Whose blessing something needs: chains as data, and the decisions on record."""
