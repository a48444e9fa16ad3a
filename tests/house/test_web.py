"""Services know no web, and routes no database."""

import grimp
import pytest

WEB = ("fastapi", "starlette")
DATABASE = ("sqlalchemy", "sqlmodel")
# What puts the service together stands above the slices; every other package is one.
ABOVE = ("__main__", "commands", "documentation", "main")
OF_THE_WEB = ("routes", "auth", "responses")


def is_without_web(module: str) -> bool:
    """Whether it does without the web: core but its `web`, migrations, a slice but how it is asked."""
    _, slice_, *rest = module.split(".")
    if slice_ == "core":
        return "web" not in rest[:1]
    return slice_ not in ABOVE and bool(rest) and not rest[-1].endswith(OF_THE_WEB)


def is_routes(module: str) -> bool:
    """Whether a module has routes."""
    return module.endswith("routes")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("app", "scoring", include_external_packages=True, cache_dir=None)


@pytest.mark.parametrize("web", WEB)
def test_the_core_and_the_inside_of_slices_reach_no_web(graph: grimp.ImportGraph, web: str) -> None:
    modules = {m for m in graph.modules if m.startswith("app.") and is_without_web(m)}
    assert modules
    assert [chain for m in sorted(modules) if (chain := graph.find_shortest_chain(m, web))] == []


def test_routes_ask_services_and_never_the_database(graph: grimp.ImportGraph) -> None:
    modules = {m for m in graph.modules if m.startswith("app.") and is_routes(m)}
    assert modules
    asked = {(m, other) for m in modules for other in graph.find_modules_directly_imported_by(m)}
    assert {(m, other) for m, other in asked if other.endswith(".store") or other in DATABASE} == set()
