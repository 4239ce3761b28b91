import type { RequestContext } from '../env.ts';
import { exportBody } from './export-body.ts';
import type { ZipEntry } from './zip-stream.ts';

interface Archive {
  /** The name of the file, before the day. */
  readonly name: string;
  readonly entries: AsyncIterable<ZipEntry>;
  /** Milliseconds since 1970. */
  readonly at: number;
  close(): Promise<void>;
}

/** Answers with a ZIP archive to be saved. */
export function answerArchive(c: RequestContext, archive: Archive): Response {
  const day = new Date(archive.at).toISOString().slice(0, 10);
  return c.body(exportBody(archive, archive.entries), 200, {
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${archive.name}-${day}.zip"`,
  });
}
