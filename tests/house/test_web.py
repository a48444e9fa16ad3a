"""Services know no web: what they import does not reach it either."""

import grimp
import pytest

WEB = ("fastapi", "starlette")
WITHOUT_WEB = ("service", "store", "models")


def knows_no_web(module: str) -> bool:
    """Whether a module is of the kind that has to do without the web."""
    _, slice_, *rest = module.split(".")
    if slice_ == "core":
        return "web" not in rest[:1]
    return bool(rest) and rest[-1] in WITHOUT_WEB


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("app", "scoring", include_external_packages=True, cache_dir=None)


@pytest.mark.parametrize("web", WEB)
def test_core_services_stores_and_models_reach_no_web(graph: grimp.ImportGraph, web: str) -> None:
    modules = {m for m in graph.modules if m.startswith("app.") and knows_no_web(m)}
    assert modules
    assert [chain for m in sorted(modules) if (chain := graph.find_shortest_chain(m, web))] == []
