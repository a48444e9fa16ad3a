"""Measurements: what the service costs beside its framework."""
