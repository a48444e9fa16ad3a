"""A finished example: a maker of machines whose service is integrated and whose sales are not."""

from typing import Any

ANSWERS: dict[str, Any] = {
    "marketing.dialogue": "4",
    "marketing.advocacy": "3",
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
    "sales.relationships": "2",
    "research.codevelopment": "3",
    "research.outside_experts": "2",
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
    "collaboration.skills": "1",
    "collaboration.targeted_messages": "recorded",
    "collaboration.speed_to_market": "anecdotes",
    "collaboration.project_costs": "none",
    "collaboration.defects": "dont_know",
}

SHIPPED = "social-business@1.0.0"

REQUEST: dict[str, Any] = {
    "questionnaire": "social-business",
    "version": "1.0.0",
    "tier": "full",
    "answers": ANSWERS,
    "targets": {"service": 5, "sales.crm_link": 3},
    "self_rating": 6,
}
