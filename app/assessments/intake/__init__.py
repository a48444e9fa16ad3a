"""An assessment in one call."""
