"""A finished example: a maker of machines whose service is integrated and whose sales are not."""

from typing import Any

ANSWERS: dict[str, Any] = {
    "marketing.dialogue": "4",
    "marketing.voices": "3",
    "marketing.listening": "4",
    "marketing.governance": "4",
    "marketing.targeting": "5",
    "marketing.measuring": "4",
    "sales.presence": {
        "option": "3",
        "comment": "Two thirds of the profiles follow the standard.",
        "evidence": ["https://intranet.example/sales/profile-sample"],
    },
    "sales.enablement": "2",
    "sales.understanding": "3",
    "sales.insight_sharing": "3",
    "sales.crm_link": "1",
    "sales.buying": "2",
    "research.customer_groups": "3",
    "research.expert_network": "2",
    "research.idea_loop": "4",
    "research.idea_platform": "3",
    "research.outcome_data": {"not_applicable": "done_by_partner"},
    "service.resolving": "4",
    "service.peer_support": "4",
    "service.reply_time": "5",
    "service.cause_to_fix": "dont_know",
    "service.finding": "4",
    "service.case_history": "3",
    "internal.leaders": "4",
    "internal.community": "4",
    "internal.embedded_work": "3",
    "internal.outside_in": "4",
    "internal.platform": "4",
    "internal.expertise": "4",
    "collaboration.frequency": "occasionally",
    "collaboration.trend": "improved",
    "collaboration.people": "2",
    "collaboration.process": "3",
    "collaboration.technology": "2",
    "collaboration.new_skills": "1",
    "collaboration.better_messages": "shown",
    "collaboration.faster_launch": "believed",
    "collaboration.lower_costs": "not_examined",
    "collaboration.fewer_defects": "dont_know",
    "conduct.data": "yes",
    "conduct.transparency": "yes",
    "conduct.accessibility": "no",
    "conduct.security": "yes",
}

SHIPPED = "social-business@2.0.0"

REQUEST: dict[str, Any] = {
    "questionnaire": "social-business",
    "version": "2.0.0",
    "tier": "full",
    "answers": ANSWERS,
    "targets": {"service": 5, "sales.crm_link": 3},
    "importance": 9,
    "self_rating": 6,
}

# CMO and CIO of one company; the same stands in examples/cmo-and-cio.json.
RESPONSES: dict[str, Any] = {
    "responses": [
        {
            "role": "cmo",
            "importance": 9,
            "self_rating": 7,
            "answers": {
                "marketing.dialogue": "4",
                "marketing.voices": "3",
                "marketing.listening": "4",
                "marketing.governance": "4",
                "marketing.targeting": {
                    "option": "4",
                    "comment": "Each customer group has its own test.",
                    "evidence": ["https://intranet.example/marketing/tests"],
                },
                "marketing.measuring": "4",
                "internal.outside_in": "3",
                "collaboration.frequency": "frequently",
                "collaboration.trend": "improved",
                "collaboration.people": "3",
                "collaboration.process": "3",
                "collaboration.technology": "3",
                "collaboration.new_skills": "2",
                "collaboration.better_messages": "shown",
                "collaboration.faster_launch": "believed",
                "collaboration.lower_costs": "dont_know",
                "collaboration.fewer_defects": "not_examined",
                "conduct.data": "yes",
                "conduct.transparency": "yes",
                "conduct.accessibility": "no",
            },
        },
        {
            "role": "cio",
            "importance": 8,
            "self_rating": 4,
            "answers": {
                "sales.crm_link": "1",
                "sales.buying": "1",
                "service.case_history": "3",
                "internal.embedded_work": "3",
                "internal.platform": "4",
                "internal.expertise": "2",
                "collaboration.frequency": "rarely",
                "collaboration.trend": "unchanged",
                "collaboration.people": "1",
                "collaboration.process": "2",
                "collaboration.technology": "1",
                "collaboration.new_skills": "1",
                "collaboration.better_messages": "no",
                "collaboration.faster_launch": "believed",
                "collaboration.lower_costs": "shown",
                "collaboration.fewer_defects": "not_examined",
                "conduct.data": "no",
                "conduct.security": "yes",
            },
        },
    ]
}

# A year later: presence has risen, and one more question is answered.
COMPARED: dict[str, Any] = {
    "before": {"tier": "express", "answers": {"sales.presence": "3"}},
    "after": {"tier": "express", "answers": {"sales.presence": "4", "marketing.dialogue": "4"}},
}

# If somebody looked after the profiles of the sales force.
SIMULATED: dict[str, Any] = COMPARED["before"] | {"changes": {"answers": {"sales.presence": "4"}}}
