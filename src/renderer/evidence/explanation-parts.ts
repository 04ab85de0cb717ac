import { EXPLANATION_PARTS, RAISED } from '../../contract/explanation.ts';

/** A paragraph of an explanation; what happened has no title. */
export type ExplanationPart = { readonly title: string | null; readonly text: string };

const beginnings = new RegExp(` (?=(?:${EXPLANATION_PARTS.join('|')}): |${RAISED})`);

/** What happened, how sure it is, what would make it wrong and why it was raised, as paragraphs. */
export function explanationParts(explanation: string): readonly ExplanationPart[] {
  return explanation.split(beginnings).map((part) => {
    const title = EXPLANATION_PARTS.find((each) => part.startsWith(`${each}: `)) ?? null;
    return { title, text: title === null ? part : part.slice(title.length + 2) };
  });
}
