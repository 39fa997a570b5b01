"""Universal and targeted tiers, review points and clocks."""
