"""Large libraries are imported where their work is done, and nowhere else."""

import grimp
import pytest

HOMES = {
    "numpy": ("scoring.batch", "scoring.outlook.weightings", "app.portfolio"),
    "polars": ("scoring.batch", "app.portfolio"),
    "scipy": ("scoring.paths", "scoring.outlook"),
    "babel": ("scoring.presentation.formats",),
    "xlsxwriter": ("app.portfolio.workbooks", "app.reports.workbook", "app.answer_sheets.workbook"),
    "typst": ("app.reports.typeset",),
    "docx": ("app.reports.word",),
    "resvg_py": ("app.look.pixels",),
    "rich": ("app.commands", "app.portfolio.progress"),
    "typer": ("app.commands",),
    "alembic": ("app.migrations", "app.commands.database"),
}


@pytest.mark.parametrize("library", HOMES)
def test_a_library_stays_at_home(library: str) -> None:
    graph = grimp.build_graph("app", "scoring", include_external_packages=True, cache_dir=None)
    known = library in graph.modules
    importing = graph.find_modules_that_directly_import(library) if known else set()
    homes = HOMES[library]
    assert [
        module
        for module in sorted(importing)
        if not any(module == home or module.startswith(f"{home}.") for home in homes)
    ] == []
