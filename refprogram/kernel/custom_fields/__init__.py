"""Fields that a company adds to the main nouns without a migration."""
