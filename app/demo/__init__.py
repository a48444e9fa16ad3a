"""The demonstration: a workspace with companies to look at, and a key that is no secret."""
