"""Scores, levels, gaps and the verdict of one answer set (§4 to §7)."""
