"""What the pool has and lacks: the heat map, targets, plans to win certain customers, demand ahead."""
