"""What is asked, how it is weighed, and when a level is reached (§2)."""
