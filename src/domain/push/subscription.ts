import { DomainError } from '../errors.ts';

/** Where, and with which keys, a browser receives push messages. */
export interface Subscription {
  /** A URL of the browser's push service, at most 2,048 characters. It is a secret: whoever knows it can send to it. */
  readonly endpoint: string;
  /** The browser's public key: an uncompressed point of P-256 in base64url. */
  readonly publicKey: string;
  /** 16 bytes in base64url. */
  readonly auth: string;
}

const MAX_ENDPOINT_LENGTH = 2_048;
/** 65 bytes that begin with 0x04. */
const PUBLIC_KEY = /^B[A-P][\w-]{85}$/;
const AUTH = /^[\w-]{22}$/;

/**
 * Accepts keys with padding, as some browsers' libraries write them.
 * @throws DomainError `invalid_subscription`
 */
export function subscription(given: Subscription): Subscription {
  const { endpoint } = given;
  const [publicKey, auth] = [given.publicKey, given.auth].map((key) => key.replace(/=+$/, ''));
  if (!publicKey || !auth || !PUBLIC_KEY.test(publicKey) || !AUTH.test(auth))
    throw new DomainError('invalid_subscription', 'The keys are not those of a push subscription.');
  if (endpoint.length > MAX_ENDPOINT_LENGTH || !URL.canParse(endpoint))
    throw new DomainError('invalid_subscription', 'The endpoint is not the URL of a push service.');
  return { endpoint, publicKey, auth };
}
