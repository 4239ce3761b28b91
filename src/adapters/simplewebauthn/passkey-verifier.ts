import type { ExpectedAnswer, PasskeyAnswer, PasskeyVerifier } from '../../application/ports/passkey-verifier.ts';
import { PASSKEY_ALGORITHMS, passkeyId } from '../../domain/identity/passkey.ts';
import { isUnattested } from './attestation.ts';

type Library = typeof import('@simplewebauthn/server');

/** Maximum bytes of each part of an answer but the attestation object: none comes near it. */
const MAX_PART_BYTES = 4_096;
const TRANSPORTS: ReadonlySet<string> = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);

/** Verifies by @simplewebauthn/server, which is loaded at the first use: most starts of the server are not followed by one soon. */
export function makePasskeyVerifier(
  load: () => Promise<Library> = () => import('@simplewebauthn/server'),
): PasskeyVerifier {
  return {
    challengeOf,
    verifyNew: (answer, expected) => quietly(() => verifyNew(load, answer, expected)),
    verifyUse: (answer, expected) => quietly(() => verifyUse(load, answer, expected)),
  };
}

function challengeOf({ response }: PasskeyAnswer): string | undefined {
  const bytes = bytesOf(response.clientDataJSON);
  if (!bytes) return undefined;
  try {
    const data: unknown = JSON.parse(bytes.toString('utf8'));
    const challenge = typeof data === 'object' && data !== null ? Reflect.get(data, 'challenge') : undefined;
    return typeof challenge === 'string' ? challenge : undefined;
  } catch {
    return undefined;
  }
}

async function verifyNew(
  load: () => Promise<Library>,
  { id, rawId, response }: PasskeyAnswer,
  { challenge, site }: ExpectedAnswer,
): ReturnType<PasskeyVerifier['verifyNew']> {
  const { clientDataJSON, attestationObject = '' } = response;
  const attestation = bytesOf(attestationObject);
  if (!bytesOf(clientDataJSON) || !attestation || !isUnattested(attestation)) return undefined;
  const transports = [...new Set(response.transports?.filter((one) => TRANSPORTS.has(one)))];
  const { verifyRegistrationResponse } = await load();
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: {
      id,
      rawId,
      type: 'public-key',
      response: { clientDataJSON, attestationObject },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: [...PASSKEY_ALGORITHMS],
  });
  if (!verified || registrationInfo.fmt !== 'none') return undefined;
  const { credential } = registrationInfo;
  // The id beside the attestation is another claim of the caller's: only the one in it counts.
  if (credential.id !== id) return undefined;
  const publicKey = Buffer.from(credential.publicKey).toString('base64url');
  return { id: passkeyId(credential.id), publicKey, counter: credential.counter, transports };
}

async function verifyUse(
  load: () => Promise<Library>,
  { id, rawId, response }: PasskeyAnswer,
  { challenge, site, passkey }: Parameters<PasskeyVerifier['verifyUse']>[1],
): ReturnType<PasskeyVerifier['verifyUse']> {
  const { clientDataJSON, authenticatorData = '', signature = '' } = response;
  if (id !== passkey.id || ![clientDataJSON, authenticatorData, signature].every(bytesOf)) return undefined;
  const { verifyAuthenticationResponse } = await load();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: {
      ...{ id, rawId, type: 'public-key', clientExtensionResults: {} },
      response: { clientDataJSON, authenticatorData, signature },
    },
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
    // The counter is compared in the unit of work that stores it: of two answers at the same time one can be an old one.
    credential: { id, publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')), counter: 0 },
  });
  return verified ? { counter: authenticationInfo.newCounter } : undefined;
}

/** The bytes of canonical base64url of a sensible length; undefined for anything else. */
function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length > 0 && bytes.length <= MAX_PART_BYTES && bytes.toString('base64url') === text ? bytes : undefined;
}

/** The library says by an error what is wrong. The caller must not learn it, and hostile bytes are no bug. */
async function quietly<T>(verify: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await verify();
  } catch {
    return undefined;
  }
}
