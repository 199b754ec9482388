"""The roof: desk, search, dashboards; reads everything, owns nothing."""
