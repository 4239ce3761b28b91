/** Maximum causes described beneath an error, and maximum stack frames of each. */
const MAX_CAUSES = 5;
const MAX_FRAMES = 20;
const MAX_MESSAGE = 200;

/** Errors whose messages quote the parsed input: a body, a frame, a form. */
const QUOTING = new Set(['SyntaxError', 'ZodError', '$ZodError']);

export interface ErrorDescription {
  readonly kind: string;
  readonly code?: string;
  readonly message?: string;
  readonly frames?: readonly string[];
  readonly cause?: ErrorDescription;
}

/**
 * The parts of an error that are safe to log: its kind and its origin. Messages of the runtime and of libraries quote their
 * input, which may be a password, so they are cut at the first quotation mark. Properties, such as the input of an invalid URL
 * or the parameters of a query, are left out.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code: unknown = 'code' in error ? error.code : undefined;
  const message = safeMessage(error);
  const frames = framesOf(error);
  const hasCause = error.cause !== undefined && depth < MAX_CAUSES;
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
  return said.slice(0, MAX_MESSAGE);
}

/** The stack frames. The message is skipped, because it may contain lines that look like frames. */
function framesOf({ name, message, stack = '' }: Error): readonly string[] {
  const header = stack.startsWith(name) ? stack.indexOf(message) + message.length : 0;
  const lines = stack.slice(header).split('\n');
  return lines.flatMap((line) => /^ {4}at (.+)$/.exec(line)?.[1] ?? []).slice(0, MAX_FRAMES);
}
