"""A profile as a page and as charts: from the typed document and the words of its questionnaire alone."""
