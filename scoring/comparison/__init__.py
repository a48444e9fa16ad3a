"""Why it moved: two profiles, and what each number's change is made of (§13)."""
