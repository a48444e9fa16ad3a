"""Why results moved, what if, and the way up from what is stored."""
