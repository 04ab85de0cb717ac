/**
 * An explanation of a finding says who was seen doing what; then each of these, a colon, and what belongs to it; then, where its
 * severity was raised, a sentence that begins with `RAISED`.
 */
export const EXPLANATION_PARTS = ['How sure', 'What would make it wrong'] as const;
export const RAISED = 'Raised from ';
