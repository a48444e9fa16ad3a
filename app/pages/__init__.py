"""Pages for people: the landing page and the documentation of the API."""
