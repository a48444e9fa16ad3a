"""Several respondents' answers by random questionnaires."""

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from scoring import Profile, Questionnaire, Response
from scoring.questionnaire.form import Form, Question
from scoring.request import read, score_request
from scoring.respondents.consolidate import POLICIES, Policy
from scoring.respondents.responses import check_responses
from tests.kit.strategies import Answers, Mapping, answer_sets, build, mappings, target_sets


@dataclass(frozen=True)
class Panel:
    """A questionnaire with what several respondents say by it, and how that becomes one answer set."""

    mapping: Mapping
    questionnaire: Questionnaire = field(repr=False)
    tier: str
    responses: tuple[Mapping, ...]
    policy: Policy
    consensus: Mapping
    targets: dict[str, int]
    anonymous: bool = False
    scope: tuple[str, ...] | None = None

    @property
    def form(self) -> Form:
        return self.questionnaire.forms[self.tier]

    @property
    def body(self) -> Mapping:
        """The panel as the body of a request."""
        return {
            "tier": self.tier,
            "responses": list(self.responses),
            "consolidation": self.policy,
            "consensus": self.consensus,
            "targets": self.targets,
            "anonymous": self.anonymous,
            "scope": self.scope,
        }

    def score(self) -> Profile:
        request, faults = read(self.body)
        return score_request(self.questionnaire, request, faults)

    def asked(self, index: int) -> list[Question]:
        """The questions that a respondent is asked."""
        respondents, _ = check_responses(
            self.questionnaire, self.form, [Response.model_validate(self.responses[index] | {"answers": {}})]
        )
        return [question for question in self.form.questions if question.id in respondents[0].asked]

    def answered(self, index: int, answers: Answers) -> "Panel":
        """The same with other answers of one respondent."""
        changed = self.responses[index] | {"answers": answers}
        return replace(self, responses=(*self.responses[:index], changed, *self.responses[index + 1 :]))

    def written(self, mapping: Mapping) -> "Panel":
        """The same by another questionnaire."""
        return replace(self, mapping=mapping, questionnaire=build(mapping))


@st.composite
def responses(draw: DrawFn, questionnaire: Questionnaire, form: Form) -> Mapping:
    """One respondent: with a role, with functions, or asked everything."""
    response: Mapping = {}
    has_role = draw(st.booleans())
    if has_role and questionnaire.roles:
        response["role"] = draw(st.sampled_from(questionnaire.roles)).id
    if draw(st.integers(0, 3)) == 0:
        names = st.sampled_from(list(form.function_of))
        response["functions"] = draw(st.lists(names, min_size=1, unique=True))
    if draw(st.booleans()):
        response["self_rating"] = draw(st.integers(1, 10))
    if questionnaire.importance is not None and draw(st.booleans()):
        response["importance"] = draw(st.integers(1, 10))
    (respondent,), _ = check_responses(questionnaire, form, [Response.model_validate(response)])
    given = draw(answer_sets(form, questionnaire.definition.level))
    return response | {"answers": {n: answer for n, answer in given.items() if n in respondent.asked}}


@st.composite
def panels(draw: DrawFn, least: int = 1, most: int = 6) -> Panel:
    """A valid questionnaire, one of its tiers, and several respondents' answers."""
    mapping = draw(mappings())
    questionnaire = build(mapping)
    tier = draw(st.sampled_from(list(questionnaire.forms)))
    form = questionnaire.forms[tier]
    given = draw(st.lists(responses(questionnaire, form), min_size=least, max_size=most))
    policy: Policy = draw(st.sampled_from(list(POLICIES)))
    settled = draw(st.lists(st.sampled_from(form.questions), max_size=2, unique_by=lambda q: q.id))
    consensus = {
        q.id: {"option": draw(st.sampled_from(q.options)).id, "rationale": "Settled."} for q in settled
    }
    targets = draw(target_sets(form, questionnaire.max_level))
    return Panel(mapping, questionnaire, tier, tuple(given), policy, consensus, targets)


@st.composite
def scoped_panels(draw: DrawFn) -> Panel:
    """Several respondents of a company that is asked about some of its functions only."""
    panel = draw(panels())
    scope = draw(st.lists(st.sampled_from(list(panel.form.function_of)), min_size=1, unique=True))
    inside = panel.form.within(scope)
    return replace(
        panel,
        scope=tuple(scope),
        responses=tuple(
            response | {"answers": {n: answer for n, answer in response["answers"].items() if n in inside}}
            for response in panel.responses
        ),
        consensus={name: settled for name, settled in panel.consensus.items() if name in inside},
    )
