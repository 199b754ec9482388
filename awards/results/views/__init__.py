"""Pages of results: the order and its explanation, the signatures, the awards."""
