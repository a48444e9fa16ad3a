"""What two consultancies and their respondents try, how often, and what they try it with."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.kit.model import VALID, Answers, Kind, Ref
from tests.kit.reading import Json


def picked(kind: Kind) -> SearchStrategy[Ref]:
    """Something of that kind that there is, that there was, or that there never was."""
    return st.runner().flatmap(lambda machine: st.sampled_from(machine.known(kind)))


COMPANY, ASSESSMENT, PARTICIPANT = picked("company"), picked("assessment"), picked("participant")
HOMES = st.integers(0, 1)
# Who asks: mostly the consultancy whose it is, at times the other one.
STRAYS = st.sampled_from([*19 * [0], 1])
TAGS = st.sampled_from([*6 * ["current"], "stale", "any", None])
NAMES = st.sampled_from(["Officine Valle", "Cantine Alte", "Nordlicht"])
ROLES = st.sampled_from([None, None, None, "cmo", "cio", "practitioner"])
FUNCTIONS = st.sampled_from([None, None, None, ["sales"], ["marketing", "collaboration"]])
SECRETS = st.sampled_from([*3 * ["0" * 64], "1" * 64])
QUESTIONS = st.sampled_from(list(VALID))

COMPANIES: SearchStrategy[Json] = st.fixed_dictionaries(
    {"name": NAMES}, optional={"country": st.just("IT"), "employees": st.integers(0, 10_000_000)}
)

SOME_ANSWERS = st.lists(QUESTIONS, unique=True, max_size=5).flatmap(
    lambda names: st.fixed_dictionaries({name: st.sampled_from(VALID[name]) for name in names})
)
ALL_ANSWERS = st.integers(0, 30).map(
    lambda number: {
        name: valid[number * (n + 1) % len(valid)] for n, (name, valid) in enumerate(VALID.items())
    }
)
# Beside answers to what is asked: answers to what is not, or not always, and what is no answer.
FAULTS: list[Answers] = [
    {"nowhere": "1"},
    {"collaboration.trend": "improved"},
    {"sales.presence": "9"},
    {"marketing.dialogue": {"option": "1", "mood": "good"}},
]
EDITS: SearchStrategy[Json] = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["PATCH", "PATCH", "PUT"]),
        "answers": SOME_ANSWERS | ALL_ANSWERS,
        "taken_back": st.lists(QUESTIONS, max_size=2, unique=True),
        "fault": st.sampled_from([*8 * [Answers()], *FAULTS]),
        "rated": st.sampled_from([{}, {}, {"self_rating": 6}, {"self_rating": None}]),
    }
)

ASSESSMENTS: SearchStrategy[Json] = st.fixed_dictionaries(
    {
        "anonymous": st.sampled_from([False, False, True]),
        "scope": st.sampled_from([None, None, None, ["marketing", "sales"], ["service", "collaboration"]]),
        "status": st.sampled_from(["open", "open", "draft", "closed"]),
        "consolidation": st.sampled_from(["median", "mean", "lowest"]),
    }
)
RESPONSE = st.fixed_dictionaries({"role": ROLES, "answers": ALL_ANSWERS | SOME_ANSWERS})
RESPONSES: SearchStrategy[list[Json]] = (
    st.just([]) | st.lists(RESPONSE, max_size=2) | st.lists(RESPONSE, min_size=5, max_size=7)
)
HANDING_IN: SearchStrategy[Json] = st.fixed_dictionaries(
    {"submit": st.booleans(), "incomplete": st.sampled_from([True, True, False])}
)
CHANGES: SearchStrategy[Json] = st.sampled_from(
    [
        *4 * [{"status": "open"}],
        *4 * [{"status": "closed"}],
        {"status": "draft"},
        {"status": "open", "name": "Opened"},
        {"name": "Again"},
        {"consolidation": "lowest"},
        {"due_date": "2027-01-31"},
        {"scope": ["marketing", "sales"]},
        {"scope": None},
    ]
)
TARGETS: SearchStrategy[Json] = st.sampled_from(
    [{}, {"marketing": 5}, {"sales.crm_link": 3}, {"nowhere": 1}, {"sales": 9}]
)
CONSENSUS: SearchStrategy[Json] = st.dictionaries(
    QUESTIONS | st.just("nowhere"),
    st.fixed_dictionaries({"option": st.sampled_from(["2", "5"]), "rationale": st.just("Settled.")}),
    max_size=2,
)
PEOPLE: SearchStrategy[Json] = st.fixed_dictionaries(
    {"role": st.sampled_from([*6 * [None], "cmo", "cio", "juggler"]), "functions": FUNCTIONS},
    optional={"name": st.just("Ada"), "language": st.sampled_from(["en", "it"])},
)
PERSON_CHANGES: SearchStrategy[Json] = st.sampled_from(
    [
        {"name": "Eva"},
        {"email": None},
        {"email": "eva@example.com"},
        {"role": "cmo"},
        {"functions": ["sales"]},
    ]
)


def tag_of(kind: str | None, revision: int) -> str | None:
    tags = {
        None: None,
        "current": f'"{revision}"',
        "stale": f'"{revision - 1 if revision else 7}"',
        "any": "*",
    }
    return tags[kind]


def one_of(**moves: tuple[int, dict[str, SearchStrategy[Any]]]) -> SearchStrategy[Json]:
    """One of the moves, each as often as its number says, with what it is about."""
    how = {
        name: st.fixed_dictionaries({"move": st.just(name), **about}) for name, (_, about) in moves.items()
    }
    names = [name for name, (weight, _) in moves.items() for _ in range(weight)]
    return st.sampled_from(names).flatmap(how.__getitem__)


OF_COMPANY = {"ref": COMPANY, "stray": STRAYS}
OF_ASSESSMENT = {"ref": ASSESSMENT, "stray": STRAYS}
OF_PARTICIPANT = {"ref": PARTICIPANT, "stray": STRAYS}
TAGGED = {"kind": TAGS}
BY_LINK = {"by_link": st.booleans()}

MOVES = one_of(
    answer=(10, OF_PARTICIPANT | BY_LINK | TAGGED | {"edit": EDITS}),
    add_company=(2, {"home": HOMES, "given": COMPANIES}),
    change_company=(2, OF_COMPANY | TAGGED | {"change": COMPANIES}),
    erase_company=(1, OF_COMPANY),
    show_profiles_to_respondents=(2, {"home": HOMES, "shown": st.booleans()}),
    add_assessment=(4, OF_COMPANY | {"given": ASSESSMENTS, "responses": RESPONSES, "handing_in": HANDING_IN}),
    change_assessment=(8, OF_ASSESSMENT | TAGGED | {"change": CHANGES}),
    set_targets=(3, OF_ASSESSMENT | TAGGED | {"levels": TARGETS}),
    set_consensus=(3, OF_ASSESSMENT | TAGGED | {"consensus": CONSENSUS}),
    erase_assessment=(1, OF_ASSESSMENT),
    add_participant=(4, OF_ASSESSMENT | {"given": PEOPLE}),
    add_participants=(2, OF_ASSESSMENT | {"given": st.lists(PEOPLE, min_size=1, max_size=3)}),
    change_participant=(3, OF_PARTICIPANT | {"change": PERSON_CHANGES}),
    remove_participant=(1, OF_PARTICIPANT),
    renew_invitation=(2, OF_PARTICIPANT),
    revoke_invitation=(1, OF_PARTICIPANT),
    claim=(4, {"ref": PARTICIPANT, "secret": SECRETS}),
    submit=(8, OF_PARTICIPANT | BY_LINK | {"incomplete": st.sampled_from([True, True, False])}),
    reopen=(4, OF_PARTICIPANT | BY_LINK),
    read_the_profile_as_respondent=(2, {"ref": PARTICIPANT}),
    read_the_profile=(2, OF_ASSESSMENT),
    keep_result=(8, OF_ASSESSMENT | {"name": NAMES}),
    read_result=(2, OF_ASSESSMENT | {"number": st.integers(1, 3)}),
)
