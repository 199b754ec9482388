"""What winners are given, by the common fulfilment."""
