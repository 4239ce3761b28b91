import { describe, expect, it } from 'vitest';
import { EMPTY_DIGEST, pathOf, signed, type Unsigned } from '../../src/adapters/s3/signature.ts';

/** The examples of “Authenticating Requests: Using the Authorization Header” in AWS's reference of S3. */
const CREDENTIALS = {
  region: 'us-east-1',
  accessKey: 'AKIAIOSFODNN7EXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const HOST = { host: 'examplebucket.s3.amazonaws.com' };
const USUAL = { method: 'GET', path: '/', query: {}, headers: HOST, bodyDigest: EMPTY_DIGEST };
const AT = Date.UTC(2013, 4, 24);

const signatureOf = (request: Partial<Unsigned>) => signed({ ...USUAL, at: AT, ...request }, CREDENTIALS).authorization;

describe("AWS's examples of signatures", () => {
  it('a part of an object', () => {
    expect(signatureOf({ path: '/test.txt', headers: { ...HOST, range: 'bytes=0-9' } })).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });

  it('storing an object', () => {
    const headers = {
      ...HOST,
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    };
    const bodyDigest = '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072';
    expect(signatureOf({ method: 'PUT', path: pathOf('/test$file.text'), headers, bodyDigest })).toMatch(
      /=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd$/,
    );
  });

  it('a query without a value, and one with several', () => {
    expect(signatureOf({ query: { lifecycle: '' } })).toMatch(
      /=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543$/,
    );
    expect(signatureOf({ query: { prefix: 'J', 'max-keys': '2' } })).toMatch(
      /=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7$/,
    );
  });
});
