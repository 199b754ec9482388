"""Draws: tickets that rules give, and a drawing that anybody can check afterwards."""
