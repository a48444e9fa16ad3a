"""What next, and what if: which open questions settle most, and the company by other answers or rules."""

from scoring.outlook.questions import Deciding, OpenQuestion, Outlook, next_questions

__all__ = ["Deciding", "OpenQuestion", "Outlook", "next_questions"]
