import type { Bucket } from './bucket.ts';

export interface Listed {
  readonly name: string;
  /** When it was stored, in milliseconds since 1970. */
  readonly at: number;
}

/** The objects whose names begin with `prefix`, a page of 1,000 at a time. @throws BucketError */
export async function* listed(bucket: Bucket, prefix: string): AsyncGenerator<Listed> {
  for (let token: string | undefined; ; ) {
    const next = token === undefined ? undefined : { 'continuation-token': token };
    const { text } = await bucket.ask({ method: 'GET', name: '', query: { 'list-type': '2', prefix, ...next } });
    for (const [, entry = ''] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      yield { name: textIn(entry, 'Key') ?? '', at: Date.parse(textIn(entry, 'LastModified') ?? '') };
    }
    token = textIn(text, 'NextContinuationToken');
    if (!token || textIn(text, 'IsTruncated') !== 'true') return;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function textIn(xml: string, tag: string): string | undefined {
  const [, text] = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml) ?? [];
  return text?.replaceAll(/&(?:#(\d+)|(\w+));/g, (entity, code: string | undefined, name: string) =>
    code === undefined ? (ENTITIES[name] ?? entity) : String.fromCodePoint(Number(code)),
  );
}
