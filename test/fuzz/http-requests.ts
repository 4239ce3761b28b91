import fc from 'fast-check';

export interface FuzzWorld {
  /** Methods and paths, as the app's own table has them. */
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  readonly host: string;
  /** Cookies of people who are signed in, the first of whom may be signed out, or leave, by what is sent. */
  readonly cookies: readonly string[];
  readonly chatId: number;
  readonly code: string;
}

const HOSTILE_TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '01',
  '1e0',
  '%00',
  '%',
  '%zz',
  '%E0%A4%A',
  '..',
  '..%2f..%2fetc%2fpasswd',
  '%5c..%5c',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '9007199254740992',
  '18446744073709551616',
  "' OR 1=1--",
  '<script>alert(1)</script>',
  '{{7*7}}',
  '\u202egnp.exe',
  'x'.repeat(5_000),
  '/\\evil',
  '//evil',
];

const METHODS = ['GET', 'POST', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];

const TYPES = [
  'application/json',
  'Application/JSON; charset=utf-8',
  'application/x-www-form-urlencoded',
  'text/plain',
  'text/plain; charset=utf-16',
  'multipart/form-data; boundary=x',
  'multipart/form-data; boundary=',
  'application/xml',
  'application/json, text/plain',
  '\t',
  ';',
];

const FIELDS = [
  'username',
  'password',
  'next',
  'chat_name',
  'text',
  'client_id',
  'id',
  'user_id',
  '__proto__',
  'a.b',
  'x[]',
];

const OTHER_HEADERS: readonly (readonly [string, readonly string[]])[] = [
  ['Accept', ['text/html', '*/*', 'application/json', 'text/html;q=0', ',']],
  ['Origin', ['null', 'https://host.evil', 'http://', 'x'.repeat(3_000)]],
  ['Sec-Fetch-Site', ['same-origin', 'none', 'cross-site', 'same-site', '?1']],
  ['Sec-Fetch-Dest', ['document', 'empty', 'image']],
  ['Sec-Purpose', ['prefetch']],
  ['Referer', ['http://', 'about:blank', '/x', 'http://[', '\u00ff']],
  ['X-Forwarded-For', ['1.2.3.4', '::1, ,', "'"]],
  ['X-Forwarded-Proto', ['https', 'javascript']],
  ['Upgrade', ['websocket', 'h2c', 'WebSocket, h2c']],
  ['Connection', ['Upgrade, close', 'Upgrade']],
  ['Sec-WebSocket-Key', ['dGhlIHNhbXBsZSBub25jZQ==', 'x']],
  ['Sec-WebSocket-Version', ['13', '12', '']],
  ['Sec-WebSocket-Protocol', ['chat.v1', 'chat.v2', ',,']],
  ['Expect', ['100-continue', '200-ok']],
  ['Range', ['bytes=0-1', 'bytes=-', 'lines=1']],
  ['If-None-Match', ['*', '"x"']],
  ['Content-Encoding', ['gzip', 'br', 'x']],
  ['Accept-Encoding', ['gzip', 'identity;q=0, *;q=0']],
  ['TE', ['trailers']],
  ['X-Junk', ['y'.repeat(9_000), '\x01', '\x80\xff']],
];

/** Requests that have the form of HTTP and are wrong in any of the ways that the interfaces leave room for. */
export function httpRequests(world: FuzzWorld): fc.Arbitrary<Buffer> {
  return fc
    .record({
      route: fc.constantFrom(...world.routes),
      method: seldom(fc.constantFrom(...METHODS)),
      segment: fc.oneof(
        { weight: 9, arbitrary: fc.constant(undefined) },
        { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_TEXTS).map(encodeURI) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }).map(asPath) },
      ),
      query: fc.array(fc.tuple(fc.constantFrom('before', 'after', 'limit', 'next', 'x'), hostileText), {
        maxLength: 3,
      }),
      cookie: fc.oneof(
        { weight: 10, arbitrary: fc.constantFrom(...world.cookies) },
        { weight: 1, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom(...oddCookies(world.cookies[0] ?? '')) },
      ),
      others: fc.subarray([...OTHER_HEADERS], { maxLength: 2 }),
      choice: fc.nat(),
      content,
      framing: fc.constantFrom('length', 'length', 'length', 'length', 'length', 'chunks', 'chunks', 'short', 'none'),
    })
    .map((parts) => {
      const path = parts.route.path.replace(/:(\w+)/g, (_, name: string) => parts.segment ?? usualValue(name, world));
      const query = parts.query.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&');
      const isFarewell = ['/logout', '/auth'].includes(path) || path.endsWith('/leave');
      const head = [
        `${parts.method ?? parts.route.method} ${path}${query && `?${query}`} HTTP/1.1`,
        `Host: ${world.host}`,
        ...(parts.cookie === undefined ? [] : [`Cookie: ${isFarewell ? world.cookies[0] : parts.cookie}`]),
        ...(parts.content.type === null ? [] : [`Content-Type: ${parts.content.type}`]),
        ...parts.others.map(([name, values]) => `${name}: ${values[parts.choice % values.length]}`),
        ...(parts.others.some(([name]) => name === 'Connection') ? [] : ['Connection: close']),
      ];
      return framed(head, parts.content.body, parts.framing);
    });
}

const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const usualValue = (name: string, { chatId, code }: FuzzWorld): string => (name.endsWith('id') ? `${chatId}` : code);

const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer().map(String),
);

const asPath = (text: string): string => encodeURIComponent(text.toWellFormed());

const oddCookies = (cookie: string): readonly string[] => [
  `${cookie}; ${cookie}`,
  `session_token=${'A'.repeat(5_000)}`,
  'session_token=',
  'session_token=%00%ff',
  `${cookie}x`,
  '=;=;;',
  '\x80\xff',
];

const deep = `${'['.repeat(3_000)}${']'.repeat(3_000)}`;
/** All that is asked for, so that what is wrong is what is in it. */
const asked = fc.record({ username: hostileText, password: hostileText, chat_name: hostileText, text: hostileText });
const jsonBody = fc.oneof(
  asked.map((fields) => JSON.stringify(fields)),
  fc.json(),
  fc
    .dictionary(fc.constantFrom(...FIELDS), fc.oneof(hostileText, fc.jsonValue({ maxDepth: 2 })), { maxKeys: 4 })
    .map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '',
    '{',
    'null',
    deep,
    `{"text":${deep}}`,
    '{"text":"\\ud800"}',
    '{"text":"a\\u0000"}',
    '\ufeff{}',
    '{"__proto__":{"text":"a"}}',
  ),
);
const formBody = fc.oneof(
  asked.map((fields) => new URLSearchParams(Object.entries(fields)).toString()),
  fc
    .array(fc.tuple(fc.constantFrom(...FIELDS), hostileText), { maxLength: 5 })
    .map((fields) => fields.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&')),
);
const multipartBody = hostileText.map(
  (text) => `--x\r\nContent-Disposition: form-data; name="text"; filename="${text}"\r\n\r\n${text}\r\n--x--\r\n`,
);
const bytesBody = fc.uint8Array({ maxLength: 300 });
const largeBody = fc.constantFrom(8_193, 65_537, 200_000).map((size) => 'x'.repeat(size));

const body = fc.oneof(
  { weight: 6, arbitrary: jsonBody },
  { weight: 5, arbitrary: formBody },
  { weight: 1, arbitrary: multipartBody },
  { weight: 2, arbitrary: bytesBody },
  { weight: 1, arbitrary: largeBody },
);

const typed = (type: string, of: fc.Arbitrary<string>) => of.map((text) => ({ type, body: text }));
const content = fc.oneof(
  { weight: 5, arbitrary: typed('application/json', jsonBody) },
  { weight: 5, arbitrary: typed('application/x-www-form-urlencoded', formBody) },
  { weight: 2, arbitrary: typed('text/plain', hostileText) },
  { weight: 4, arbitrary: fc.record({ type: fc.option(fc.constantFrom(...TYPES)), body }) },
);

type Framing = 'length' | 'chunks' | 'short' | 'none';

/** The body with its length, in chunks, cut short of what was announced, or without a word. */
function framed(head: readonly string[], content: string | Uint8Array, framing: Framing): Buffer {
  const bytes = Buffer.from(content as string);
  const lines = (...more: readonly string[]) => Buffer.from([...head, ...more, '', ''].join('\r\n'), 'latin1');
  switch (framing) {
    case 'length':
      return Buffer.concat([lines(`Content-Length: ${bytes.length}`), bytes]);
    case 'short':
      return Buffer.concat([lines(`Content-Length: ${bytes.length + 10}`), bytes]);
    case 'none':
      return Buffer.concat([lines(), bytes]);
    case 'chunks': {
      const size = Buffer.from(`${bytes.length.toString(16)}\r\n`);
      const chunk = bytes.length === 0 ? [] : [size, bytes, Buffer.from('\r\n')];
      return Buffer.concat([lines('Transfer-Encoding: chunked'), ...chunk, Buffer.from('0\r\n\r\n')]);
    }
    default:
      return framing satisfies never;
  }
}
