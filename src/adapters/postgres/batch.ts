interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Batches the questions of one turn of the event loop into one statement, which costs far more than a row in it. `several`
 * returns the answers in the order of the questions; `one` is a cheaper way for a single question.
 */
export function batch<Question, Answer>({
  one,
  several,
}: {
  readonly one?: (question: Question) => Promise<Answer>;
  readonly several: (questions: readonly Question[]) => Promise<readonly Answer[]>;
}): (question: Question) => Promise<Answer> {
  let waiting: Waiting<Question, Answer>[] = [];
  const answerAll = async (questions: readonly Question[]): Promise<readonly Answer[]> => {
    const [first] = questions;
    return one && first !== undefined && questions.length === 1 ? [await one(first)] : several(questions);
  };
  const ask = () => {
    const asked = waiting;
    waiting = [];
    answerAll(asked.map(({ question }) => question)).then(
      (answers) => {
        // `several` returns an answer for each question.
        for (const [index, { resolve }] of asked.entries()) resolve(answers[index] as Answer);
      },
      (error: unknown) => {
        for (const { reject } of asked) reject(error);
      },
    );
  };

  return (question) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ question, resolve, reject }) === 1) process.nextTick(ask);
    });
}

/** The values of each column, for `unnest`. */
export function columns<Row>(rows: readonly Row[], ...names: readonly (keyof Row)[]): readonly unknown[] {
  return names.map((name) => rows.map((row) => row[name]));
}
