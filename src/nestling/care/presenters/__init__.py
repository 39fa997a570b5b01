"""Words for the screen: the waiting list, one wait, an episode."""
