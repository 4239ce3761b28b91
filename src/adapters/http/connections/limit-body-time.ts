import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** Fewer bytes of an upload within the time are no progress. */
const PROGRESS_BYTES = 1024;
const UPLOAD = /^\/chat\/[1-9]\d*\/files(?:$|\?)/;

/**
 * Cuts off requests whose body takes longer than `ms`, with 408. The body of an upload may take any time as long as it arrives: Node's own
 * limit knows only one time for all requests.
 */
export function limitBodyTime(server: Server, ms: number): void {
  server.prependListener('request', (request, response) => {
    if (hasBody(request)) watch({ request, response, ms });
  });
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function watch({ request, response, ms }: { request: IncomingMessage; response: ServerResponse; ms: number }): void {
  const { socket } = request;
  const isUpload = request.method === 'POST' && UPLOAD.test(request.url ?? '');
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    if (request.complete || request.destroyed) return stop();
    const arrived = socket.bytesRead - before;
    before = socket.bytesRead;
    if (isUpload && arrived >= PROGRESS_BYTES) return;
    stop();
    if (response.headersSent) socket.destroy();
    else socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
  }, ms).unref();
  const stop = () => clearInterval(timer);
  request.once('close', stop);
  response.once('close', stop);
}
