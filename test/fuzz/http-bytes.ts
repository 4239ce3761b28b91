import fc from 'fast-check';

const LINES = [
  'GET / HTTP/1.1',
  'GET /auth HTTP/1.1',
  'POST /auth HTTP/1.1',
  'GET / HTTP/1.0',
  'GET / HTTP/2.0',
  'GET / HTTP/9.9',
  'GET /',
  'GET  /  HTTP/1.1',
  'get / http/1.1',
  'PRI * HTTP/2.0',
  'CONNECT host.evil:443 HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'GET http://host.evil/ HTTP/1.1',
  'GET http://[/ HTTP/1.1',
  'GET \\ HTTP/1.1',
  'GET /\x00 HTTP/1.1',
  'GET /\xff\xfe HTTP/1.1',
  `GET /${'a'.repeat(20_000)} HTTP/1.1`,
  '',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
];

const HEADERS = [
  'Host: x',
  'Host: x',
  'Host:',
  'Host: a b',
  'Host: x\r\nHost: y',
  'Content-Length: 5',
  'Content-Length: 5\r\nContent-Length: 6',
  'Content-Length: -1',
  'Content-Length: 1e3',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked\r\nContent-Length: 3',
  'Transfer-Encoding: xchunked',
  'Transfer-Encoding: gzip, chunked',
  'Transfer-Encoding : chunked',
  ' folded',
  'No-Colon',
  ': no name',
  'Bad Name: x',
  'X: \x00',
  'X: \x7f',
  'Connection: close',
  'Connection: keep-alive, Upgrade',
  'Upgrade: h2c',
  'Expect: 100-continue',
  `Cookie: ${'x'.repeat(20_000)}`,
  'Content-Type: application/json',
  'Content-Type: application/x-www-form-urlencoded',
];

const BODIES = [
  '',
  'hello',
  '5\r\nhello\r\n0\r\n\r\n',
  '0\r\n\r\n',
  'fffffffffffffffff\r\n',
  '-1\r\n',
  'x\r\n',
  '5;ext="\r\nhello\r\n',
  '5\r\nhel',
  '0\r\nTrailer: x\r\n\r\n',
];

const text = (latin1: string): Buffer => Buffer.from(latin1, 'latin1');

const pieced = fc
  .record({
    line: fc.constantFrom(...LINES),
    headers: fc.array(fc.constantFrom(...HEADERS), { maxLength: 6 }),
    end: fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r'),
    body: fc.constantFrom(...BODIES),
  })
  .map(({ line, headers, end, body }) => text([line, ...headers, '', body].join(end)));

const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));

/** What is not HTTP, or not quite: pieces that do not go together, good requests with bytes changed, noise. */
export function httpBytes(good: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 });
  const changed = fc.tuple(good, changes).map(([bytes, edits]) => {
    const copy = Buffer.from(bytes);
    for (const [at, value] of edits) copy[at % copy.length] = value;
    return copy;
  });
  const cut = fc.tuple(good, fc.nat()).map(([bytes, at]) => bytes.subarray(0, at % bytes.length));
  const doubled = fc.tuple(good, good).map((both) => Buffer.concat(both));
  return fc.oneof(
    { weight: 4, arbitrary: pieced },
    { weight: 3, arbitrary: changed },
    { weight: 2, arbitrary: cut },
    { weight: 1, arbitrary: doubled },
    { weight: 1, arbitrary: noise },
  );
}
