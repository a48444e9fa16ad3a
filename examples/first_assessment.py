"""A whole assessment over HTTP: company, six participants, answers in pieces, consensus, close, result.

    python3 examples/first_assessment.py http://127.0.0.1:8000

needs nothing but Python. The key is that of the demonstration (`make run`); set SBM_KEY to use your own.
"""

import json
import os
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

BASE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
KEY = os.environ.get("SBM_KEY", "sbm_test_demonstration00000000000000000001iSN56")
GIVEN = json.loads((Path(__file__).parent / "six-respondents.json").read_text("utf-8"))


def call(method, path, body=None, token=KEY, **headers):
    """Send a request; the status, the answer, and its entity tag."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    headers |= {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = Request(f"{BASE}/v1{path}", data, headers, method=method)
    try:
        with urlopen(request) as response:
            return response.status, json.load(response), response.headers["ETag"]
    except HTTPError as error:
        return error.code, json.load(error), error.headers["ETag"]


# A company and its assessment. The idempotency key makes it safe to send the request again.
_, company, _ = call("POST", "/companies", {"name": "Officine Valle S.p.A.", "country": "IT"})
_, assessment, _ = call(
    "POST",
    "/assessments",
    {"company": company["id"], "name": "Baseline", "status": "open", "targets": {"service": 5}},
    Idempotency_Key=f"baseline-of-{company['id']}",
)
path = f"/assessments/{assessment['id']}"
print(f"{company['name']}: {assessment['name']} is {assessment['status']}.")

# Six participants; what stands behind the # of a link opens /v1/respondent for one of them.
people = []
for response in GIVEN["responses"]:
    _, added, _ = call("POST", f"{path}/participants", {"role": response["role"]})
    token = added["invitation_link"].partition("#")[2]
    people.append((response, token))
print(f"{len(people)} participants invited.")

# Each answers function by function, as on a phone: every choice is saved at once.
for response, token in people:
    _, _, tag = call("GET", "/respondent", token=token)
    by_function = {}
    for question, answer in response["answers"].items():
        by_function.setdefault(question.partition(".")[0], {})[question] = answer
    for answers in by_function.values():
        _, _, tag = call("PATCH", "/respondent/answers", {"answers": answers}, token, If_Match=tag)
    rated = {name: response[name] for name in ("importance", "self_rating") if name in response}
    if rated:
        call("PATCH", "/respondent/answers", rated, token, If_Match=tag)

# The CMO has the page open on a second device, which has not seen the last changes.
_, token = people[0]
change = {"answers": {"marketing.dialogue": "3"}}
status, problem, tag = call("PATCH", "/respondent/answers", change, token, If_Match='"1"')
behind = [error["pointer"] for error in problem["errors"]]
print(f"The CMO's phone was behind: {status}, {len(behind)} answers had changed, none was overwritten.")
call("PATCH", "/respondent/answers", change, token, If_Match=tag)

# All but one hand in.
for response, token in people:
    _, answer, _ = call("POST", "/respondent/submission", {}, token)
    if "errors" in answer:
        print(f"{response['role']} has {len(answer['errors'])} open questions: {answer['code']}.")

_, live, _ = call("GET", f"{path}/profile")
print("Live: {submitted} of {asked} have handed in.".format(**live["respondents"]))

# In the workshop they settle on one answer; the answers themselves stay. Then it is closed and kept.
_, _, tag = call("GET", path)
call("PUT", f"{path}/consensus", GIVEN["consensus"], If_Match=tag)
call("PATCH", path, {"status": "closed"})
_, result, _ = call("POST", f"{path}/results", {"name": "Baseline"})
_, verification, _ = call("GET", f"{path}/results/{result['number']}/verification")

# What a consultant reads.
profile = result["profile"]
names = {function["id"]: function["name"] for function in profile["functions"]}
names |= {c["id"]: c["name"] for function in profile["functions"] for c in function["capabilities"]}
print()
print(f"Result {result['number']}, {result['name']}: socially-enabled {profile['verdict']['status']}")
for function in profile["functions"]:
    score, level = function["score"], function["level"]
    if score is None:  # a list of answers, without a mean
        continue
    value = "-" if score["value"] is None else f"{score['value']:.2f}"
    bounds = f"({score['low']:.2f}-{score['high']:.2f})"
    print(f"  {function['name']:26} {value:>5} {bounds:12} level {level['low']}-{level['high']}")
print("Held back by")
for blocking in profile["verdict"]["blocking"]:
    capabilities = ", ".join(names[capability] for capability in blocking["capabilities"])
    print(f"  {names[blocking['function']]}: {capabilities}")
print("First gaps")
for gap in profile["gaps"][:3]:
    print(f"  {gap['name']}, {gap['level']} to {gap['target']}: {gap['next_step']}")
print("Marketing and IT differ most on")
for gap in profile["collaboration"]["perception"]["questions"][:3]:
    print(f"  {names[gap['id']]}: {gap['marketing']:.0f} against {gap['it']:.0f}")
missing = [participant["role"] for participant in result["participants"]["missing"]]
print(f"Without {', '.join(missing)}. Computed again: {verification['detail']}")
