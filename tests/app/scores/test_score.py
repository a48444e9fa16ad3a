import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.scores.example import ANSWERS
from app.scores.schemas import ProfileDocument
from scoring import score
from scoring.presentation.display import show_index, show_level, show_score
from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.reading import HEADERS, SCORE, Json, example, faults_of, problem_of

QUESTIONNAIRE = load(QUESTIONNAIRES / "social-business" / "2.0.0")
WORDS = {
    "name",
    "level_text",
    "next_step",
    "evidence",
    "detail",
    "comment",
    "text",
    "population",
    "source",
    "caveat",
}


def send(client: TestClient, content: bytes, media_type: str = "application/json") -> Response:
    return client.post(SCORE, content=content, headers={"Content-Type": media_type})


def profile_of(response: Response) -> Json:
    assert response.status_code == 200, response.text
    ProfileDocument.model_validate_json(response.content)
    profile: Json = response.json()
    return profile


def without_words(value: Any) -> Any:  # noqa: ANN401 -- any JSON value
    """Numbers, ids and codes only."""
    if isinstance(value, dict):
        return {key: without_words(inner) for key, inner in value.items() if key not in WORDS}
    return [without_words(inner) for inner in value] if isinstance(value, list) else value


def test_the_example_gives_a_profile_of_the_documented_shape(client: TestClient) -> None:
    profile = profile_of(client.post(SCORE, json=example()))
    assert profile["questionnaire"]["digest"] == QUESTIONNAIRE.digest
    assert profile["verdict"]["status"] == "not_met"
    assert profile["respondents"] is None
    assert "trace" not in profile


def test_the_numbers_are_those_of_the_library(client: TestClient) -> None:
    request = example()
    profile = profile_of(client.post(SCORE, json=request))
    expected = score(
        QUESTIONNAIRE, request["answers"], targets=request["targets"], importance=9, self_rating=6
    )
    assert profile["overall"] == {
        "score": show_score(expected.overall.score),
        "index": show_index(expected.overall.score, 5),
        "level": show_level(expected.overall.level),
    }
    assert profile["counts"] == expected.counts._asdict()
    assert profile["verdict"]["status"] == expected.verdict.status
    for shown, function in zip(profile["functions"], expected.functions, strict=True):
        assert shown["id"] == function.function.id
        assert shown["score"] == show_score(function.score)
        assert shown["level"] == show_level(function.level)
        for one, (capability, rated) in zip(shown["capabilities"], function.capabilities, strict=True):
            assert one["id"] == capability.id
            assert one["score"] == show_score(rated.score if rated else None)
            assert one["level"] == show_level(rated.level if rated else None)
    for shown, gap in zip(profile["gaps"], expected.gaps, strict=True):
        assert shown["capability"] == gap.capability.id
        assert shown["gap"] == show_score(gap.gap)
        assert (shown["effort"], shown["gain"]) == (gap.effort, gap.gain / 1000)
    assert profile["to_answer"] == list(expected.to_answer)


def test_the_express_tier_asks_and_counts_its_own_questions(client: TestClient) -> None:
    asked = QUESTIONNAIRE.forms["express"].question_of
    answers = {name: answer for name, answer in ANSWERS.items() if name in asked}
    body = {"tier": "express", "answers": answers}
    profile = profile_of(client.post(SCORE, json=body))
    assert profile["tier"] == "express"
    assert profile["counts"]["total"] == len(QUESTIONNAIRE.forms["express"].questions)
    expected = score(QUESTIONNAIRE, answers, tier="express")
    assert profile["overall"]["score"] == show_score(expected.overall.score)


def test_an_answer_outside_the_tier_is_a_fault(client: TestClient) -> None:
    asked = QUESTIONNAIRE.forms["express"].question_of
    outside = next(q.id for q in QUESTIONNAIRE.forms["full"].questions if q.id not in asked)
    response = client.post(SCORE, json={"tier": "express", "answers": {outside: "3"}})
    assert faults_of(response) == {(f"/answers/{outside}", "unknown_question")}


def test_a_capabilitys_target_goes_before_its_functions(client: TestClient) -> None:
    profile = profile_of(client.post(SCORE, json=example(targets={"sales": 5, "sales.crm_link": 2})))
    targets = {c["id"]: c["target"] for f in profile["functions"] for c in f["capabilities"]}
    assert targets["sales.crm_link"] == 2
    assert targets["sales.presence"] == 5
    assert targets["service.finding"] == 4


def test_the_self_rating_stands_beside_the_scored_result(client: TestClient) -> None:
    profile = profile_of(client.post(SCORE, json=example(self_rating=6)))
    rating = profile["self_rating"]
    assert rating["values"] == [{"role": None, "value": 6}]
    assert rating["band"]
    value = round(1000 * profile["overall"]["score"]["value"])
    assert rating["scored_equivalent"] == (1000 + (2 * 9 * value + 5) // 10) / 1000
    other = profile_of(client.post(SCORE, json=example(self_rating=None)))
    assert other["self_rating"] is None
    assert other["overall"] == profile["overall"]


def test_languages_share_numbers_and_digests_but_not_words(client: TestClient) -> None:
    english = client.post(SCORE, json=example())
    italian = client.post(f"{SCORE}?lang=it", json=example())
    assert english.headers["content-language"] == "en"
    assert italian.headers["content-language"] == "it"
    assert without_words(english.json()) == without_words(italian.json())
    assert english.json()["digests"] == italian.json()["digests"]
    for path in (("functions", 1, "name"), ("gaps", 0, "next_step"), ("gaps", 0, "evidence")):
        section, index, key = path
        assert english.json()[section][index][key] != italian.json()[section][index][key]


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", "it", "it"),
        ("", "it-CH, en;q=0.5", "it"),
        ("", "en;q=0.3, it;q=0.9", "it"),
        ("", "it;q=0, en", "en"),
        ("", "fr, de;q=0.9", "en"),
        ("", "*", "en"),
        ("", "", "en"),
        ("", ";;;q=q,,it;q=7", "en"),
        ("?lang=en", "it", "en"),
        ("?lang=it", "en", "it"),
        ("?lang=IT-ch", "en", "it"),
        ("?lang=de", "it", "en"),
    ],
)
def test_the_language_is_negotiated_and_falls_back_to_english(
    client: TestClient, query: str, header: str, language: str
) -> None:
    response = client.post(SCORE + query, json=example(), headers={"Accept-Language": header})
    assert response.headers["content-language"] == language
    assert "accept-language" in response.headers["vary"].lower()


def test_the_trace_comes_when_it_is_asked_for(client: TestClient) -> None:
    plain = profile_of(client.post(SCORE, json=example()))
    traced = profile_of(client.post(f"{SCORE}?include=trace", json=example()))
    assert {step["number"] for step in traced["trace"]} > {"/overall/score/value", "/counts/total"}
    assert traced | {"trace": None} == plain | {"trace": None}


def test_an_unknown_part_to_include_is_refused(client: TestClient) -> None:
    response = client.post(f"{SCORE}?include=everything", json=example())
    assert faults_of(response) == {("/query/include", "unknown_part")}


def test_all_faults_of_a_body_are_named_at_once(client: TestClient) -> None:
    body = {
        "version": 1,
        "answers": {
            "sales.presence": "9",
            "sales.nowhere": "3",
            "sales.crm_link": {"option": "3", "not_applicable": "other"},
            "sales.buying": ["3"],
            "a/b~c": "1",
        },
        "targets": {"sales": "five", "nowhere": 3},
        "self_rating": 11,
        "colour": "teal",
    }
    found = faults_of(client.post(SCORE, json=body))
    pointers = {pointer for pointer, _ in found}
    assert pointers >= {
        "/version",
        "/answers/sales.presence",
        "/answers/sales.nowhere",
        "/answers/sales.crm_link",
        "/answers/sales.buying",
        "/answers/a~1b~0c",
        "/targets/sales",
        "/self_rating",
        "/colour",
    }
    assert ("/answers/sales.presence", "unknown_option") in found
    assert ("/answers/sales.nowhere", "unknown_question") in found


def test_targets_that_name_nothing_or_no_level_are_all_named(client: TestClient) -> None:
    response = client.post(SCORE, json=example(targets={"nowhere": 3, "sales": 6, "service": -1}))
    assert {("/targets/nowhere", "unknown_target"), ("/targets/sales", "level_out_of_range")} <= faults_of(
        response
    ) | faults_of(client.post(SCORE, json=example(targets={"nowhere": 3, "sales": 6})))
    assert "/targets/service" in {pointer for pointer, _ in faults_of(response)}


def test_a_faulty_target_does_not_hide_another_that_names_nothing(client: TestClient) -> None:
    found = faults_of(client.post(SCORE, json=example(targets={"nowhere": 3, "sales": -1})))
    assert {pointer for pointer, _ in found} == {"/targets/nowhere", "/targets/sales"}


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [({"questionnaire": "nowhere"}, "/questionnaire"), ({"version": "9.9.9"}, "/version")],
)
def test_an_unknown_questionnaire_or_version_is_a_fault_of_its_key(
    client: TestClient, changed: Json, pointer: str
) -> None:
    response = client.post(SCORE, json=example(**changed))
    assert faults_of(response) == {(pointer, f"unknown_{pointer[1:]}")}


def test_questionnaire_version_and_tier_have_defaults(client: TestClient) -> None:
    profile = profile_of(client.post(SCORE, json={"answers": {}}))
    assert profile["questionnaire"]["id"] == "social-business"
    assert profile["tier"] == "full"
    assert profile["counts"]["unanswered"] == profile["counts"]["total"] == 44


SECRET = "Sesame-7261"  # noqa: S105 -- stands for what a caller would not like to see in a log

SECRETIVE: list[Json] = [
    {"questionnaire": SECRET},
    {"version": SECRET},
    {"tier": SECRET},
    {"answers": SECRET},
    {"answers": {"sales.presence": SECRET}},
    {"answers": {"sales.presence": {"option": SECRET}}},
    {"answers": {"sales.presence": {"not_applicable": SECRET}}},
    {"answers": {"sales.presence": {"option": "3", "comment": 2001 * SECRET}}},
    {"answers": {"sales.presence": {"option": "3", "evidence": [SECRET]}}},
    {"answers": {"sales.presence": [SECRET]}},
    {"targets": SECRET},
    {"targets": {"sales": SECRET}},
    {"self_rating": SECRET},
    {SECRET: SECRET},
    {"answers": {SECRET: SECRET}},
    {"targets": {SECRET: SECRET}},
    {"answers": {"sales.presence": {"option": "3", SECRET: SECRET}}},
]


@pytest.mark.parametrize("changed", SECRETIVE, ids=lambda changed: json.dumps(changed)[:60])
def test_nothing_that_was_sent_comes_back_but_keys_in_pointers(client: TestClient, changed: Json) -> None:
    response = client.post(SCORE, json=example(**changed))
    problem = problem_of(response, 422)
    said = [problem.detail, problem.title, problem.code, *(f"{f.code} {f.detail}" for f in problem.errors)]
    assert SECRET not in " ".join(said)
    is_key = any(SECRET in fault.pointer for fault in problem.errors)
    assert is_key == (f'"{SECRET}":' in json.dumps(changed))
    assert not any(SECRET in value for value in response.headers.values())


def test_a_body_that_is_no_json_does_not_come_back(client: TestClient) -> None:
    for text in (SECRET, f'{{"{SECRET}": {SECRET}}}', f'{{"a": NaN, "{SECRET}": 1}}'):
        response = send(client, text.encode())
        problem_of(response, 400)
        assert SECRET not in response.text


STRICT: dict[str, tuple[bytes, int]] = {
    "a repeated key": (b'{"answers": {}, "answers": {}}', 400),
    "a repeated key inside": (b'{"answers": {"sales.presence": "1", "sales.presence": "2"}}', 400),
    "NaN": (b'{"answers": {}, "self_rating": NaN}', 400),
    "Infinity": (b'{"answers": {}, "self_rating": -Infinity}', 400),
    "NUL": (b'{"answers": {"sales.presence": "\\u0000"}}', 400),
    "NUL in a key": (b'{"answers": {"a\\u0000": "1"}}', 400),
    "a raw NUL": (b'{"answers": {"sales.presence": "\x00"}}', 400),
    "a lone surrogate": (b'{"answers": {"sales.presence": "\\ud800"}}', 400),
    "a lone surrogate in capitals": (b'{"answers": {"sales.presence": "\\uDC00"}}', 400),
    "a lone surrogate in a key": (b'{"answers": {"\\ud800": "1"}}', 400),
    "33 levels": (b'{"answers": {"sales.presence": ' + 31 * b"[" + 31 * b"]" + b"}}", 400),
    "32 levels": (b'{"answers": {"sales.presence": ' + 30 * b"[" + 30 * b"]" + b"}}", 422),
    "100 000 levels": (100_000 * b"[" + 100_000 * b"]", 400),
    "40 000 open brackets": (40_000 * b'{"a":', 400),
    "2 to the 70th": (b'{"answers": {}, "self_rating": %d}' % 2**70, 422),
    "a target of 2 to the 70th": (b'{"answers": {}, "targets": {"sales": %d}}' % 2**70, 422),
    "5000 digits": (b'{"answers": {}, "self_rating": ' + 5000 * b"9" + b"}", 400),
    "1e999": (b'{"answers": {}, "self_rating": 1e999}', 422),
    "invalid UTF-8": (b'{"answers": {"sales.presence": "\xff"}}', 400),
    "a surrogate in UTF-8": (b'{"answers": {"sales.presence": "\xed\xa0\x80"}}', 400),
    "UTF-16": ('{"answers": {}}'.encode("utf-16"), 400),
    "a byte order mark": (b'\xef\xbb\xbf{"answers": {}}', 400),
    "nothing": (b"", 400),
    "a blank": (b" ", 400),
    "no JSON": (b"answers", 400),
    "half of a JSON": (b'{"answers": {', 400),
    "two values": (b'{"answers": {}} {}', 400),
    "a single quote": (b"{'answers': {}}", 400),
    "null": (b"null", 422),
    "a list": (b"[]", 422),
    "a number": (b"1", 422),
    "a string": (b'"answers"', 422),
    "an empty object": (b"{}", 422),
}


@pytest.mark.parametrize(("content", "status"), STRICT.values(), ids=STRICT.keys())
def test_a_body_that_is_not_strict_json_is_refused(client: TestClient, content: bytes, status: int) -> None:
    problem = problem_of(send(client, content), status)
    assert problem.errors
    assert problem.code == {400: "malformed_body", 422: "invalid_request"}[status]


def test_every_repeated_key_and_odd_character_of_a_body_is_named(client: TestClient) -> None:
    content = b'{"answers": {"a": "1", "a": "\\u0000", "b": "\\ud800"}, "tier": "x", "tier": "x"}'
    found = faults_of(send(client, content), 400)
    assert found == {
        ("/answers/a", "repeated_key"),
        ("/tier", "repeated_key"),
        ("/answers/a", "nul_character"),
        ("/answers/b", "lone_surrogate"),
    }


def test_a_pair_of_surrogates_is_a_character(client: TestClient) -> None:
    content = b'{"answers": {"sales.presence": {"option": "3", "comment": "\\ud83d\\ude00"}}}'
    profile = profile_of(send(client, content))
    questions = [q for f in profile["functions"] for c in f["capabilities"] for q in c["questions"]]
    assert [q["comment"] for q in questions if q["comment"]] == ["\N{GRINNING FACE}"]


def padded(size: int) -> bytes:
    body = json.dumps(example()).encode()
    return body + b" " * (size - len(body))


def test_a_body_of_256_kib_is_read_and_a_byte_more_is_not(client: TestClient) -> None:
    assert send(client, padded(262_144)).status_code == 200
    assert problem_of(send(client, padded(262_145)), 413).code == "body_too_large"


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "json"],
)
def test_a_body_of_another_media_type_is_refused(client: TestClient, media_type: str) -> None:
    problem = problem_of(send(client, padded(3000), media_type), 415)
    assert problem.code == "unsupported_media_type"


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_is_known_by_its_media_type_alone(client: TestClient, media_type: str) -> None:
    assert send(client, padded(3000), media_type).status_code == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_a_wrong_method_is_told_the_right_ones(client: TestClient, method: str) -> None:
    response = client.request(method, SCORE)
    assert problem_of(response, 405).code == "method_not_allowed"
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize("path", ["/v1/nowhere", "/v2/score", "/static/nowhere.js", "/%00", "/v1/score/x"])
def test_an_unknown_path_is_a_problem(client: TestClient, path: str) -> None:
    assert problem_of(client.get(path), 404).code == "not_found"


@pytest.mark.parametrize("request_id", ["abc", "a-b_c.9", 128 * "x"])
def test_a_harmless_request_id_comes_back(client: TestClient, request_id: str) -> None:
    response = client.post(SCORE, json={}, headers={"X-Request-ID": request_id})
    assert response.headers["x-request-id"] == request_id
    assert problem_of(response).request_id == request_id


@pytest.mark.parametrize("request_id", [b"a b", b"<script>", 129 * b"x", b"", b"\xff", b"a\tb", b"a;b"])
def test_a_hostile_request_id_is_replaced(client: TestClient, request_id: bytes) -> None:
    response = client.post(SCORE, json={}, headers=[(b"X-Request-ID", request_id)])
    assert response.headers["x-request-id"].startswith("req_")


def test_every_request_has_an_id_of_its_own(client: TestClient) -> None:
    ids = {client.get("/livez").headers["x-request-id"] for _ in range(5)}
    assert len(ids) == 5


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", SCORE, 415),
        ("GET", SCORE, 405),
        ("GET", "/nowhere", 404),
        ("GET", "/v1/questionnaires?limit=0", 422),
        ("GET", "/v1/questionnaires", 200),
        ("GET", "/livez", 200),
        ("GET", "/readyz", 503),
        ("GET", "/metrics", 401),
        ("GET", "/openapi.json", 200),
        ("GET", "/", 200),
        ("GET", "/docs", 200),
        ("GET", "/static/site.css", 200),
        ("GET", "/static/nowhere.css", 404),
    ],
)
def test_every_response_has_the_security_headers_and_an_id(
    client: TestClient, method: str, path: str, status: int
) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert response.headers["x-request-id"]
    for name, value in HEADERS.items():
        assert response.headers.get_list(name) == [response.headers[name]], "once"
        assert value in response.headers[name]
