import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface Unsigned {
  readonly method: string;
  /** Percent-encoded, as it is sent. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** With the host; names in lower case. All of them are signed. */
  readonly headers: Readonly<Record<string, string>>;
  /** The SHA-256 of the body, in hex. */
  readonly bodyDigest: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export const EMPTY_DIGEST = createHash('sha256').digest('hex');

/** The headers of a request to S3 with those that authenticate it, by AWS Signature Version 4. */
export function signed(request: Unsigned, credentials: Credentials): Readonly<Record<string, string>> {
  const time = `${new Date(request.at).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  const headers = { ...request.headers, 'x-amz-content-sha256': request.bodyDigest, 'x-amz-date': time };
  const entries = Object.entries(headers).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = entries.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    request.path,
    queryOf(request.query),
    ...entries.map(([name, value]) => `${name}:${value.trim()}`),
    '',
    names,
    request.bodyDigest,
  ].join('\n');
  const scope = `${time.slice(0, 8)}/${credentials.region}/s3/aws4_request`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${credentials.secretKey}`);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${digest}`).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKey}/${scope},SignedHeaders=${names},Signature=${signature}`;
  return { ...headers, authorization };
}

/** In the order and the encoding that are signed. */
export const queryOf = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join('&');

/** A path of which each segment is percent-encoded as S3 expects it. */
export const pathOf = (path: string): string => path.split('/').map(encoded).join('/');

const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
