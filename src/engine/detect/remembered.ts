/** Answers kept per question before they are forgotten: bounds memory where nothing repeats. */
const MAX_REMEMBERED = 10_000;

/** The same function, which works each answer out once. Questions are compared by identity. */
export function remembered<Question, Answer extends object>(
  answer: (question: Question) => Answer,
): (question: Question) => Answer {
  const answers = new Map<Question, Answer>();
  return (question) => {
    const known = answers.get(question);
    if (known !== undefined) return known;
    const fresh = answer(question);
    if (answers.size >= MAX_REMEMBERED) answers.clear();
    answers.set(question, fresh);
    return fresh;
  };
}

/** The value, made when it is first asked for. */
export function lazily<Value extends object | boolean>(make: () => Value): () => Value {
  let value: Value | null = null;
  return () => (value ??= make());
}
