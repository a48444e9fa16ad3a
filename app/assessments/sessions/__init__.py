"""Sessions in which a page of a portal shows a questionnaire or a profile."""
