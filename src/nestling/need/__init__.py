"""Area need, capacity, cost and placement on screen."""
