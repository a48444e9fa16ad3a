"""Random questionnaires in another order, or with other weights of the same proportions."""

from copy import deepcopy
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.kit.strategies import Mapping

Item = TypeVar("Item")


@st.composite
def reordered(draw: DrawFn, mapping: Mapping) -> Mapping:
    """The same questionnaire with everything in another order."""
    result = deepcopy(mapping)

    def shuffled(items: list[Item]) -> list[Item]:
        return draw(st.permutations(items))

    result["functions"] = shuffled(result["functions"])
    result["lenses"] = shuffled(result["lenses"])
    for function in result["functions"]:
        function["capabilities"] = shuffled(function["capabilities"])
        for capability in function["capabilities"]:
            for part in (capability, *capability.get("questions", ())):
                if "options" in part:
                    part["options"] = shuffled(part["options"])
            if "questions" in capability:
                capability["questions"] = shuffled(capability["questions"])
    for tier in result.get("tiers", {}).values():
        tier["questions"] = shuffled(tier["questions"])
    return result


@st.composite
def reweighted(draw: DrawFn, mapping: Mapping) -> Mapping:
    """The same questionnaire with the weights of siblings multiplied, each family's by its own factor."""
    result = deepcopy(mapping)

    def multiply(siblings: list[Mapping]) -> None:
        factor = draw(st.integers(1, 1000))
        for sibling in siblings:
            sibling["weight"] = factor * sibling.get("weight", 1)

    multiply(result["functions"])
    for function in result["functions"]:
        multiply(function["capabilities"])
        for capability in function["capabilities"]:
            multiply(capability.get("questions", []))
    return result
