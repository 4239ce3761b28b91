/** So many causes beneath an error are described, and so many frames of each. */
const MOST_CAUSES = 5;
const MOST_FRAMES = 20;
const LONGEST_MESSAGE = 200;

/** Their messages are made of what was to be read: a body, a frame, a form. */
const QUOTING = new Set(['SyntaxError', 'ZodError', '$ZodError']);

export interface ErrorDescription {
  readonly kind: string;
  readonly code?: string;
  readonly message?: string;
  readonly frames?: readonly string[];
  readonly cause?: ErrorDescription;
}

/**
 * What of an error may be written down: what it is and where it came from. Messages of the runtime and of libraries quote
 * what they were given, which may be somebody's password, so they are cut at the first quotation mark; properties, such as
 * the input of an invalid URL or the parameters of a query, are left out.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code: unknown = 'code' in error ? error.code : undefined;
  const message = safeMessage(error);
  const frames = framesOf(error);
  const hasCause = error.cause !== undefined && depth < MOST_CAUSES;
  return {
    kind: error.name,
    ...(typeof code === 'string' && /^\w+$/.test(code) ? { code } : {}),
    ...(message ? { message } : {}),
    ...(frames.length > 0 ? { frames } : {}),
    ...(hasCause ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

function safeMessage({ name, message }: Error): string {
  if (QUOTING.has(name)) return '';
  const quotes = message.search(/["'`“‘/\n]/);
  const said = quotes < 0 ? message : `${message.slice(0, quotes)}…`;
  return said.slice(0, LONGEST_MESSAGE);
}

/** The stack without the message, which may hold lines that look like frames. */
function framesOf({ name, message, stack = '' }: Error): readonly string[] {
  const header = stack.startsWith(name) ? stack.indexOf(message) + message.length : 0;
  const lines = stack.slice(header).split('\n');
  return lines.flatMap((line) => /^ {4}at (.+)$/.exec(line)?.[1] ?? []).slice(0, MOST_FRAMES);
}
