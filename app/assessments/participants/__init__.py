"""Who is asked, their links, and their answers."""
