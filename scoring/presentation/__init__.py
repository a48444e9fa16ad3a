"""A profile as people and portals read it."""
