import { connect } from 'node:net';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** All that the server answers to these bytes and no more, until it hangs up; empty when it says nothing. */
export function answerTo(url: string, bytes: Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    // The server may hang up while it is still written to.
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.end(bytes);
  });
}

/**
 * The first of the answers, as far as it follows RFC 9112, or undefined where nothing was said.
 * @throws Error what is wrong with it
 */
export function readAnswer(answer: string, { toHead }: { readonly toHead: boolean }): HttpAnswer | undefined {
  if (answer === '') return undefined;
  const end = answer.indexOf('\r\n\r\n');
  const [first = '', ...lines] = answer.slice(0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) [ -~]*$/.exec(first)?.[1]);
  if (end < 0 || !(status >= 100 && status < 600)) throw new Error('This is no answer.');
  if (status === 100) return readAnswer(answer.slice(end + 4), { toHead });
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([!#-'*+.^`|~\w-]+): ?([ -~\x80-\xff\t]*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`This is no header: ${JSON.stringify(line)}`);
    headers.set(name.toLowerCase(), value);
  }
  const rest = answer.slice(end + 4);
  const length = headers.get('content-length');
  if (!toHead && length !== undefined && rest.length < Number(length)) throw new Error('The body is cut short.');
  return { status, headers, body: rest };
}
