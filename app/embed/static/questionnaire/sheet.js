/** What this person is asked, part by part, with the words of one language. */

import { RATINGS } from "./answers.js";

export function sheetOf(questionnaire, asked) {
  const isAsked = new Set(asked);
  const parts = questionnaire.functions
    .map((part) => ({
      id: part.id,
      name: part.name,
      description: part.description,
      questions: part.capabilities.flatMap((capability) => questionsOf(capability, part.scored)).filter((q) => isAsked.has(q.id)),
    }))
    .filter((part) => part.questions.length);
  const questions = parts.flatMap((part) => part.questions);
  return {
    language: questionnaire.language,
    languages: questionnaire.languages,
    title: questionnaire.name,
    introduction: questionnaire.introduction,
    definition: questionnaire.definition.text,
    ratings: RATINGS.filter((name) => questionnaire[name]).map((name) => ({ name, ...questionnaire[name] })),
    roles: questionnaire.roles,
    parts,
    questions,
    question: new Map(questions.map((question) => [question.id, question])),
    partOf: new Map(parts.flatMap((part) => part.questions.map((question) => [question.id, part]))),
  };
}

function questionsOf(capability, isPartScored) {
  return capability.questions.map((question) => ({
    id: question.id,
    name: capability.name,
    text: question.text ?? capability.name,
    why: question.why,
    evidence: question.evidence,
    mayBeNotApplicable: question.not_applicable,
    isScored: isPartScored && capability.scored,
    options: question.options.map((option) => ({ id: option.id, text: option.text ?? option.id })),
  }));
}
