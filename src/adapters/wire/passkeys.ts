import { PASSKEY_ALGORITHMS, type Passkey } from '../../domain/identity/passkey.ts';
import { CHALLENGE_VALID_MS } from '../../domain/identity/passkey-challenge.ts';
import { timestamp } from './timestamp.ts';

export interface WirePasskey {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly used_at: string | null;
  /** It does not sign in until its owner says what to keep after a recovery. */
  readonly held: boolean;
}

export const toWirePasskey = ({ id, name, createdAt, usedAt, heldAt }: Passkey): WirePasskey => ({
  ...{ id, name, created_at: timestamp(createdAt), used_at: usedAt === null ? null : timestamp(usedAt) },
  held: heldAt !== null,
});

interface Asked {
  readonly challenge: string;
  /** The host name of the site. */
  readonly site: string;
}

const describe = ({ id, transports }: Passkey) => ({ type: 'public-key', id, transports });

/** `PublicKeyCredentialCreationOptionsJSON`: what a browser is to make. */
export const creationOptions = (
  asked: Asked & { readonly handle: string; readonly username: string; readonly known: readonly Passkey[] },
) => ({
  rp: { id: asked.site, name: `Shoal (${asked.site})` },
  user: { id: asked.handle, name: asked.username, displayName: asked.username },
  challenge: asked.challenge,
  pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
  timeout: CHALLENGE_VALID_MS,
  attestation: 'none',
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  excludeCredentials: asked.known.map(describe),
});

/** `PublicKeyCredentialRequestOptionsJSON`: what a browser is to sign. Without passkeys it is any that the site has there. */
export const requestOptions = ({
  challenge,
  site,
  passkeys = [],
}: Asked & { readonly passkeys?: readonly Passkey[] }) => ({
  ...{ challenge, rpId: site, timeout: CHALLENGE_VALID_MS, userVerification: 'required' },
  allowCredentials: passkeys.map(describe),
});
