import type { AccountExport } from '../../../application/use-cases/identity/export-account.ts';
import type { ExportPages } from '../pages/export-pages.ts';
import { exportFiles } from './export-files.ts';
import { zipOf } from './zip-stream.ts';

/** The archive as the body of an answer, made as fast as it is read. The export ends with it, also when the reader goes away. */
export function exportBody(account: AccountExport, pages: ExportPages): ReadableStream<Uint8Array> {
  const bytes = zipOf(exportFiles(account, pages), account.at);
  let ended: Promise<void> | undefined;
  const end = () => {
    ended ??= account.close();
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
