"""Assessments: a company's participants, their answers, and what comes of them."""
