"""Notices in English."""

from scoring.presentation.language import Language, Sentence, same

ENGLISH = Language(
    code="en",
    levels="{n} level|{n} levels",
    points="{n} point|{n} points",
    open_respondents=(
        "The only respondent",
        "One of {asked} respondents",
        "{n} of {asked} respondents",
    ),
    statuses={
        "met": "definition met",
        "not_met": "definition not met",
        "undetermined": "still open",
        "not_assessable": "not assessable",
    },
    sentences={
        "many_not_applicable": same(
            "In {names}, more than {percent} of the questions are marked “not applicable”. They are left "
            "out of the calculation, so make sure that each of them really does not apply."
        ),
        "not_applicable_decides": same(
            "The verdict depends on what was left out: if every question answered “not applicable” counted "
            "at its lowest level, it would be “{unexcluded}” instead of “{status}”."
        ),
        "many_dont_know": same(
            "In {names}, more than {percent} of the questions were answered “I don’t know”. The ranges show "
            "what this leaves open; ask somebody who knows."
        ),
        "same_level_throughout": Sentence(
            "One respondent{names_in_brackets} gave the same answer throughout. Check whether the questions "
            "were read one by one.",
            "{count} respondents{names_in_brackets} gave the same answer throughout. Check whether the "
            "questions were read one by one.",
        ),
        "high_without_evidence": Sentence(
            "One answer is at level {level} or above without a comment or evidence. Ask for evidence.",
            "{count} answers are at level {level} or above without a comment or evidence. Ask for evidence.",
        ),
        "self_rating_far": Sentence(
            "The self-rating of {ratings} differs by {distance_points} or more from the scored result, which "
            "is {equivalent} on the scale from 1 to 10.",
            "The self-ratings of {ratings} differ by {distance_points} or more from the scored result, which "
            "is {equivalent} on the scale from 1 to 10.",
        ),
        "importance_distance": same(
            "Importance, rated {ratings}, is at least {distance_points} away from the scored result, which "
            "is {equivalent} on the scale from 1 to 10: knowing and doing are far apart."
        ),
        "sides_far_apart": Sentence(
            "{sides} are at least {distance_levels} apart on one question: {names}.",
            "{sides} are at least {distance_levels} apart on {count} questions: {names}.",
        ),
        "too_few_raters": Sentence(
            "One of {total} questions has fewer than {raters} answers, so no agreement is shown for it: "
            "with so few, chance alone looks like agreement too often.",
            "{count} of {total} questions have fewer than {raters} answers, so no agreement is shown for "
            "them: with so few, chance alone looks like agreement too often.",
        ),
        "too_few_to_show": Sentence(
            "The assessment is anonymous, and one question has fewer than {least} known answers, perhaps "
            "none: it counts as open, and nothing is shown of it.",
            "The assessment is anonymous, and {count} questions have fewer than {least} known answers, "
            "perhaps none: they count as open, and nothing is shown of them.",
        ),
        "open_respondents": Sentence(
            "{open} has not answered everything yet. The ranges already allow for whatever is still to come.",
            "{open} have not answered everything yet. The ranges already allow for whatever is still "
            "to come.",
        ),
    },
)
