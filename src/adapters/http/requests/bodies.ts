import type { ZodMiniType } from 'zod/mini';
import { parseStrictJson } from '../../wire/strict-json.ts';
import { HttpRefusal } from '../answers/http-refusal.ts';
import type { RequestContext } from '../env.ts';

export type MediaType = 'application/json' | 'application/x-www-form-urlencoded' | 'text/plain';

/**
 * The body's media type, which must be one of these: a form on another site can send text but not JSON.
 * @throws HttpRefusal `unsupported_media_type`
 */
export function mediaType<Accepted extends MediaType>(c: RequestContext, ...accepted: readonly Accepted[]): Accepted {
  const sent = typeOf(c);
  const type = accepted.find((name) => name === sent);
  if (!type) throw new HttpRefusal('unsupported_media_type', `Send this as ${accepted.join(' or ')}.`);
  return type;
}

export const isForm = (c: RequestContext): boolean => typeOf(c) === 'application/x-www-form-urlencoded';

const typeOf = (c: RequestContext) => c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();

/** @throws HttpRefusal `bad_request` when the body is not UTF-8 */
export async function readText(c: RequestContext): Promise<string> {
  const bytes = await c.req.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new HttpRefusal('bad_request', 'The body is not UTF-8.');
  }
}

/** @throws HttpRefusal `bad_request` when the body is not JSON, has a doubled name, or has another shape */
export async function readJson<Shape>(c: RequestContext, shape: ZodMiniType<Shape>): Promise<Shape> {
  const text = await readText(c);
  return parse(shape, parseJson(text));
}

/** As `readJson`, or undefined where there is no body, or one of another type, for requests that had none in earlier releases. */
export async function readOptionalJson<Shape>(
  c: RequestContext,
  shape: ZodMiniType<Shape>,
): Promise<Shape | undefined> {
  const text = typeOf(c) === 'application/json' ? await readText(c) : '';
  return text === '' ? undefined : parse(shape, parseJson(text));
}

/** @throws HttpRefusal `bad_request` when a field is missing or doubled */
export async function readForm<Shape>(c: RequestContext, shape: ZodMiniType<Shape>): Promise<Shape> {
  const fields = new URLSearchParams(await readText(c));
  const names = [...fields.keys()];
  if (new Set(names).size < names.length) throw new HttpRefusal('bad_request', 'A field appears twice in the form.');
  return parse(shape, Object.fromEntries(fields));
}

function parseJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch {
    throw new HttpRefusal('bad_request', 'The body is not JSON, or an object has the same name twice.');
  }
}

function parse<Shape>(shape: ZodMiniType<Shape>, value: unknown): Shape {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') || 'The body';
  throw new HttpRefusal('bad_request', `${where}: ${issue?.message ?? 'wrong shape'}.`);
}
