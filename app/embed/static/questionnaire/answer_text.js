/** An answer as the sentence that was chosen. */

import { parts } from "./answers.js";

export function answerText(say, question, answer) {
  const { option, not_applicable: reason } = parts(answer);
  if (reason) return say("na_chosen", { reason: say(`na_${reason}`) });
  if (option === "dont_know") return say("dont_know");
  return question.options.find((candidate) => candidate.id === option)?.text ?? say("taken_back");
}
