"""The cheapest way up to a goal, without storing anything."""
