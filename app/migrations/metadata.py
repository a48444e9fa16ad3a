"""All tables of the service."""

from sqlalchemy import Column, Double, Integer, String, Table
from sqlmodel import SQLModel

from app.assessments import models as _assessments
from app.companies import models as _companies
from app.core import saved_answers as _saved_answers
from app.workspaces import models as _workspaces

MODULES = (_workspaces, _companies, _assessments, _saved_answers)

METADATA = SQLModel.metadata

# Counts of `app.core.limits`. On PostgreSQL it is not logged: a crash loses counts of one minute.
Table(
    "rate_limit",
    METADATA,
    Column("bucket", String, primary_key=True),
    Column("started", Double, nullable=False),
    Column("requests", Integer, nullable=False),
)
