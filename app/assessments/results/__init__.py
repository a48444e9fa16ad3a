"""What an assessment comes to, live and for good."""
