"""Tables in notebooks: a frame of answers in, a frame of profiles out (docs/portfolios.md)."""

from scoring.batch.table import few_columns, score_frame

__all__ = ["few_columns", "score_frame"]
