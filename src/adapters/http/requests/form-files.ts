import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { HttpRefusal } from '../answers/http-refusal.ts';
import type { RequestContext } from '../env.ts';

/** Of a caption, in bytes. */
const MAX_FIELD_BYTES = 64 * 1024;
const MAX_FIELDS = 10;

export interface SentFile {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

interface Wanted {
  readonly maxFiles: number;
  readonly take: (file: SentFile) => Promise<void>;
  /** Has the fields that had arrived, also when the form is refused. */
  readonly fields?: Map<string, string>;
}

export const isMultipart = (c: RequestContext): boolean =>
  /^multipart\/form-data\s*;/i.test(c.req.header('content-type') ?? '');

/**
 * Reads a form with files. The files go to `take` one after the other, as they arrive; file fields that were left empty are skipped.
 * @returns the other fields, by name
 * @throws HttpRefusal `bad_request` for a malformed form, and what `take` throws
 */
export async function readFormFiles(
  c: RequestContext,
  { maxFiles, take, fields = new Map() }: Wanted,
): Promise<ReadonlyMap<string, string>> {
  const taken: Promise<void>[] = [];
  const form = openForm(c, maxFiles);
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  form.on('field', (name, value) => void fields.set(name, value));
  form.on('file', (_field, stream, filename: string | undefined) => {
    if (!filename) {
      stream.resume();
      return;
    }
    const done = take({ name: filename, chunks: stream });
    done.catch(failed.reject);
    taken.push(done);
  });
  form.on('filesLimit', () => failed.reject(new HttpRefusal('bad_request', `Send ${maxFiles} files at a time.`)));
  const body = c.req.raw.body;
  if (!body) throw malformed();
  const source = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
  const read = pipeline(source, form).catch((error: unknown) => {
    // A request that was cut off is told apart by the error handler.
    throw isOfForm(error) ? malformed() : error;
  });
  try {
    await Promise.race([read, failed.promise]);
    await Promise.all(taken);
  } catch (error) {
    source.destroy();
    form.destroy();
    await Promise.allSettled([read, ...taken]);
    throw error;
  }
  return fields;
}

function openForm(c: RequestContext, maxFiles: number): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': c.req.header('content-type') ?? '' },
      limits: { files: maxFiles, fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES, parts: maxFiles + MAX_FIELDS },
    });
  } catch {
    throw malformed();
  }
}

const isOfForm = (error: unknown): boolean => error instanceof Error && /multipart|boundary|part/i.test(error.message);

const malformed = () => new HttpRefusal('bad_request', 'The form is malformed.');
