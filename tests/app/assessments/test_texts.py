"""What names, e-mail addresses and links may not hold, wherever they are given."""

import pytest

from tests.kit.databases import ON_ONE_DATABASE
from tests.kit.portal import Portal
from tests.kit.reading import Json, faults_of

TURNED = "Ada \N{RIGHT-TO-LEFT OVERRIDE}inurB"

REFUSED = [
    ("\N{ZERO WIDTH SPACE}", "invisible"),
    ("\N{ZERO WIDTH JOINER}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}", "invisible"),
    ("\N{HANGUL FILLER}\N{BRAILLE PATTERN BLANK}", "invisible"),
    ("\N{VARIATION SELECTOR-16}", "invisible"),
    (TURNED, "direction_character"),
    *((f"Ada{turn}", "direction_character") for turn in "\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069"),
    ("Ada\tBruni", "control_character"),
    ("Ada\r\nBcc: all", "control_character"),
    ("Ada\N{LINE SEPARATOR}Bruni", "control_character"),
    ("Ada\x7f", "control_character"),
    ("Ada\x85Bruni", "control_character"),
]

TAKEN = [
    "\N{GRINNING FACE}",
    "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",  # Persian writes a name with a joiner that is not seen
    "\N{RIGHT-TO-LEFT MARK}\u05d0\u05d1",
    "Caffe\N{COMBINING GRAVE ACCENT}",
    "=1+1",
]

PLACES: list[tuple[str, str, Json, str]] = [
    ("POST", "/companies", {}, "name"),
    ("POST", "/companies", {"name": "Valle"}, "industry"),
    ("POST", "/companies", {"name": "Valle"}, "reference"),
    ("POST", "/assessments", {"company": {"name": "Valle"}}, "name"),
    ("POST", "/assessments", {}, "company/name"),
    ("PATCH", "/workspace", {}, "name"),
    ("POST", "/keys", {"scopes": ["read"]}, "name"),
    ("POST", "{assessment}/participants", {}, "name"),
    ("POST", "{assessment}/results", {}, "name"),
]


def asked(portal: Portal, place: tuple[str, str, Json, str], text: str) -> tuple[str, str, Json]:
    method, path, body, field = place
    outer, _, inner = field.partition("/")
    value = {inner: text} if inner else text
    return method, path.format(assessment=portal.assessment()), body | {outer: value}


@ON_ONE_DATABASE
@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place[1]} {place[3]}")
def test_a_name_that_is_not_what_it_looks_like_is_refused_everywhere(
    portal: Portal, place: tuple[str, str, Json, str]
) -> None:
    for text, code in REFUSED:
        assert faults_of(portal.ask(*asked(portal, place, text))) == {(f"/{place[3]}", code)}


@pytest.mark.parametrize("name", TAKEN)
def test_a_name_in_any_script_is_taken(portal: Portal, name: str) -> None:
    assert portal.post("/companies", {"name": name})["name"] == name


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("ada\N{RIGHT-TO-LEFT OVERRIDE}@valle.example", "direction_character"),
        ("ada\N{ZERO WIDTH SPACE}@valle.example", "invisible"),
        ("ada\x07@valle.example", "control_character"),
        ("ada at valle.example", "malformed"),
    ],
)
def test_an_email_address_with_what_cannot_be_seen_is_refused(portal: Portal, email: str, code: str) -> None:
    path = f"{portal.assessment()}/participants"
    assert faults_of(portal.ask("POST", path, {"email": email})) == {("/email", code)}


def test_a_comment_may_hold_what_a_name_may_not(portal: Portal) -> None:
    participant = portal.participant(portal.assessment())
    answer = {"option": "3", "comment": f"{TURNED}\r\n\N{ZERO WIDTH SPACE}"}
    assert portal.answer(participant, {"sales.presence": answer})["answers"] == {"sales.presence": answer}


def test_a_rationale_says_something(portal: Portal) -> None:
    settled = {"sales.presence": {"option": "3", "rationale": "\N{ZERO WIDTH SPACE}"}}
    body = {"responses": [{}], "consensus": settled}
    fault = ("/consensus/sales.presence/rationale", "invisible")
    assert fault in faults_of(portal.ask("POST", "/score", body))
    settled["sales.presence"]["rationale"] = "Seen together.\nTwice."
    portal.post("/score", body, 200)


def test_a_link_with_a_password_in_it_is_refused_wherever_answers_are_given(portal: Portal) -> None:
    answers = {"sales.presence": {"option": "3", "evidence": ["https://ada:secret@valle.example/"]}}
    fault = ("/answers/sales.presence/evidence/0", "malformed")
    participant = portal.participant(portal.assessment())
    assert faults_of(portal.ask("POST", "/score", {"answers": answers})) == {fault}
    change = {"If-Match": '"0"'}
    assert faults_of(portal.ask("PATCH", f"{participant}/answers", {"answers": answers}, change)) == {fault}


def test_a_country_that_is_written_out_is_told_how(portal: Portal) -> None:
    refused = portal.ask("POST", "/companies", {"name": "Valle", "country": "Italy"}).json()
    (fault,) = refused["errors"]
    assert fault == {
        "pointer": "/country",
        "code": "malformed",
        "detail": "write two capital letters of ISO 3166, such as IT",
    }


def test_a_new_company_inside_an_assessment_is_pointed_at_as_it_was_written(portal: Portal) -> None:
    for company, fault in [
        (5, ("/company", "wrong_type")),
        ("", ("/company", "too_short")),
        ({}, ("/company/name", "missing")),
        ({"name": "Valle", "country": "Italy"}, ("/company/country", "malformed")),
        ({"name": "Valle", "[new]": 1}, ("/company/[new]", "unknown_field")),
    ]:
        assert faults_of(portal.ask("POST", "/assessments", {"company": company})) == {fault}
