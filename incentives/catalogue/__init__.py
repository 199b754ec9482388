"""What points are spent on: catalogue, redemptions and their way, customers’ rewards, what lapses, what is owed."""
