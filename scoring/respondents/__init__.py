"""Several respondents: their answers, made one, and how far they lie apart (§3, §8, §9)."""
