"""The demo company: a software house with four product lines, three regions, 24 reps in six teams, a year of history.

The same scale, seed and day give the same company. Rows are written in bulk; what is counted from events (standings,
points) is not invented: the events are written, and the program's own handlers count them.
"""
