"""What to find out next: which open questions settle most of a profile."""

from scoring.outlook.questions import Deciding, OpenQuestion, Outlook, next_questions

__all__ = ["Deciding", "OpenQuestion", "Outlook", "next_questions"]
