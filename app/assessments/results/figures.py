"""What a result came to in figures, kept beside its profile, so that many are read without all of theirs."""

from typing import Any

from app.assessments.results import store
from app.assessments.results.kept import profiles_of
from app.core.resources import Work
from app.reports.about import Before, Figures
from app.reports.reading import is_mostly_known
from scoring.presentation.shapes import ProfileDocument

Json = dict[str, Any]


def figures_of(document: ProfileDocument) -> Json:
    """Index and level of the whole, mean and level of every function, and what is mostly known."""
    return {
        "index": document["overall"]["index"],
        "level": document["overall"]["level"],
        "is_mostly_known": is_mostly_known(document["counts"]),
        "functions": {
            function["id"]: {
                "score": function["score"],
                "level": function["level"],
                "is_mostly_known": is_mostly_known(function["counts"]),
            }
            for function in document["functions"]
        },
    }


def kept_figures(work: Work, row: Any) -> Json:  # noqa: ANN401 -- a row of the store
    """The figures of a result; of one that was kept without them, from its profile."""
    figures: Json | None = row.summary.get("figures")
    if figures is not None:
        return figures
    result = store.get_profiles(work.session, work.workspace, row.assessment_id, row.number)
    return figures_of(next(iter(profiles_of(result).values())))


def before_of(work: Work, row: Any) -> Before:  # noqa: ANN401 -- the same
    """A result as a report shows it before another one."""
    told = kept_figures(work, row)
    return Before(
        row.name,
        row.created_at.date(),
        row.version or "",
        row.tier,
        Figures(told["index"], told["level"], told["is_mostly_known"]),
        {name: Figures(**figures) for name, figures in told["functions"].items()},
    )
