"""Portfolios: tables with one row a company, scored like `POST /v1/score` would score each row."""
