"""Questionnaires made from others, as mappings."""

from copy import deepcopy
from typing import Any

from tests.kit.strategies import Case, Mapping


def question_ids(function: Mapping, capability: Mapping) -> list[str]:
    """Ids of a capability's questions as answers give them: the capability's own where it has only one."""
    name = f"{function['id']}.{capability['id']}"
    entries = capability.get("questions", ())
    return [f"{name}.{entry['id']}" for entry in entries] if len(entries) > 1 else [name]


def only(case: Case, kept: set[str]) -> Mapping | None:
    """The questionnaire of the case's tier, as if the other questions had never been written.

    `None` where no question is left: there is no such questionnaire. `min_applicable` falls to the number
    of scored functions that are left.
    """
    mapping = deepcopy(case.mapping)
    tier = mapping.pop("tiers", {}).get(case.tier, {})
    mapping.pop("prerequisites", None)
    mapping["level_rule"] = mapping.get("level_rule", {}) | tier.get("level_rule", {})
    for function in mapping["functions"]:
        for capability in function["capabilities"]:
            _keep(function, capability, kept)
        function["capabilities"] = [c for c in function["capabilities"] if not c.get("gone")]
    mapping["functions"] = [f for f in mapping["functions"] if f["capabilities"]]
    if not mapping["functions"]:
        return None
    if "roles" in mapping:
        mapping["roles"] = [role | {"asked": _left(role["asked"], mapping)} for role in mapping["roles"]]
    scored = sum(
        f.get("scored", True) and any(c.get("scored", True) for c in f["capabilities"])
        for f in mapping["functions"]
    )
    mapping["definition"]["min_applicable"] = min(mapping["definition"]["min_applicable"], scored)
    return mapping


def _keep(function: Mapping, capability: Mapping, kept: set[str]) -> None:
    ids = question_ids(function, capability)
    if kept.isdisjoint(ids):
        capability["gone"] = True
    elif "questions" in capability:
        pairs = zip(ids, capability["questions"], strict=True)
        capability["questions"] = [entry for name, entry in pairs if name in kept]


def _left(asked: list[str], mapping: Mapping) -> list[str]:
    """The patterns of a role that still name something."""
    names = {"*", *(f"lens:{lens}" for lens in mapping["lenses"])}
    for function in mapping["functions"]:
        names.add(f"{function['id']}.*")
        for capability in function["capabilities"]:
            names.add(f"{function['id']}.{capability['id']}")
            names.update(question_ids(function, capability))
            entries = capability.get("questions", ())
            names.update(f"{function['id']}.{capability['id']}.{entry['id']}" for entry in entries)
    return [pattern for pattern in asked if pattern in names]


def with_option(mapping: Mapping, capability_id: str, option: Mapping) -> Mapping:
    """The same questionnaire with one more option at every question of a capability."""
    result = deepcopy(mapping)
    default = [{"id": str(n), "points": 1000 * n} for n in range(mapping["max_level"] + 1)]
    for function in result["functions"]:
        for capability in function["capabilities"]:
            if f"{function['id']}.{capability['id']}" == capability_id:
                general: list[Any] = capability.get("options", default)
                capability["options"] = [*general, option]
                for question in capability.get("questions", ()):
                    question["options"] = [*question.get("options", general), option]
    return result
