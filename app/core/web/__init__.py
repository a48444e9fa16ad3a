"""The part of the core that knows the web."""
