"""How every number of a profile came about."""
