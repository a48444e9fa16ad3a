"""What a report says beyond the profile: what next, how sure, and why it moved since an earlier result."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the shapes alone: what makes them loads what only plans and outlooks need
    from scoring.comparison.shapes import ComparisonDocument
    from scoring.outlook.document import OutlookDocument
    from scoring.paths.document import PlanDocument


class Moved(NamedTuple):
    """The comparison with an earlier result: what that is called, and of which day it is."""

    comparison: "ComparisonDocument"
    name: str | None
    day: date


class Beyond(NamedTuple):
    """Each is `None` where it is not looked for; `moved` also where there is no earlier result."""

    outlook: "OutlookDocument | None" = None
    plan: "PlanDocument | None" = None
    moved: Moved | None = None


NOTHING = Beyond()
