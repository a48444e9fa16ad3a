"""Scoring answers at once, without storing anything."""
