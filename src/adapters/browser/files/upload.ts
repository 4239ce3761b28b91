import { isRecord } from '../connection/wire-decoding.ts';
import { goToSignIn } from '../shell/api.ts';

/** How an upload goes on. */
export type UploadState =
  | { readonly kind: 'sending'; readonly share: number }
  | { readonly kind: 'done'; readonly id: number }
  | {
      readonly kind: 'failed';
      readonly why: string;
      /** The server has not answered: the same file may arrive another time. */
      readonly isLost: boolean;
    };

const UNREACHABLE = 'The connection was lost.';

/**
 * Sends a file to a chat, where it waits for its message. `fetch` reports no progress.
 * @returns how to cancel
 */
export function upload(path: string, file: File, changed: (state: UploadState) => void): () => void {
  const request = new XMLHttpRequest();
  request.upload.addEventListener('progress', ({ loaded, total }) =>
    changed({ kind: 'sending', share: total > 0 ? loaded / total : 1 }),
  );
  request.addEventListener('load', () => {
    if (request.status === 401) goToSignIn();
    changed(outcome(request.status, parsed(request.responseText)));
  });
  request.addEventListener('error', () => changed({ kind: 'failed', why: UNREACHABLE, isLost: true }));
  request.open('POST', path);
  request.setRequestHeader('accept', 'application/json');
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.setRequestHeader('x-file-name', encodeURIComponent(file.name.toWellFormed()));
  request.send(file);
  return () => request.abort();
}

function outcome(status: number, body: unknown): UploadState {
  if (status === 201 && isRecord(body) && typeof body.id === 'number') return { kind: 'done', id: body.id };
  const why = isRecord(body) && typeof body.detail === 'string' ? body.detail : UNREACHABLE;
  return { kind: 'failed', why, isLost: false };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
