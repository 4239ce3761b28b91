import { type ZipEntry, zipOf } from './zip-stream.ts';

/** What is exported, until it is closed. */
interface Running {
  /** Milliseconds since 1970. */
  readonly at: number;
  close(): Promise<void>;
}

/** The archive as the body of an answer, made as fast as it is read. The export ends with it, also when the reader goes away. */
export function exportBody(running: Running, entries: AsyncIterable<ZipEntry>): ReadableStream<Uint8Array> {
  const bytes = zipOf(entries, running.at);
  let ended: Promise<void> | undefined;
  const end = () => {
    ended ??= running.close();
    return ended;
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await bytes.next();
        if (value) controller.enqueue(value);
        if (!done) return;
        await end();
        controller.close();
      } catch (error) {
        await end().catch(() => undefined);
        controller.error(error);
      }
    },
    async cancel() {
      await bytes.return(undefined);
      await end();
    },
  });
}
