"""Companies: the consultancy's clients, whose assessments they are."""
