"""The pages of coverage: the map, its trend, the bench planner, recruiting targets, plans."""
