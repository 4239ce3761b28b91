/** The options come from our own server, in the JSON form of WebAuthn; the browser checks them again. */
type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
type RequestOptions = PublicKeyCredentialRequestOptionsJSON;

/**
 * Makes a passkey, and answers what the server is to get.
 * @throws DOMException when the reader or the browser refuses
 */
export async function makePasskey(asked: unknown): Promise<unknown> {
  const options = asked as CreationOptions;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? toCreationOptions(options);
  return toJson(await navigator.credentials.create({ publicKey }));
}

/**
 * Asks for a passkey, and answers what the server is to get.
 * @throws DOMException when the reader or the browser refuses, or the signal was aborted
 */
export async function askPasskey(
  asked: unknown,
  how: { readonly mediation?: 'conditional'; readonly signal?: AbortSignal } = {},
): Promise<unknown> {
  const options = asked as RequestOptions;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? toRequestOptions(options);
  return toJson(await navigator.credentials.get({ publicKey, ...how }));
}

// Browsers before 2025 have the calls, but not their JSON.

function toCreationOptions(options: CreationOptions): PublicKeyCredentialCreationOptions {
  const { challenge, user, excludeCredentials = [], extensions: _, ...same } = options;
  return {
    ...(same as Omit<PublicKeyCredentialCreationOptions, 'challenge' | 'user'>),
    challenge: toBytes(challenge),
    user: { ...user, id: toBytes(user.id) },
    excludeCredentials: excludeCredentials.map(toDescriptor),
  };
}

function toRequestOptions(options: RequestOptions): PublicKeyCredentialRequestOptions {
  const { challenge, allowCredentials = [], extensions: _, ...same } = options;
  return {
    ...(same as Omit<PublicKeyCredentialRequestOptions, 'challenge'>),
    challenge: toBytes(challenge),
    allowCredentials: allowCredentials.map(toDescriptor),
  };
}

const toDescriptor = ({ id, transports }: PublicKeyCredentialDescriptorJSON): PublicKeyCredentialDescriptor => ({
  type: 'public-key',
  id: toBytes(id),
  transports: transports as AuthenticatorTransport[],
});

function toJson(credential: Credential | null): unknown {
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException('There is no passkey.', 'NotAllowedError');
  if ('toJSON' in credential) return credential.toJSON();
  return oldToJson(credential);
}

function oldToJson({ id, response }: PublicKeyCredential): unknown {
  const clientDataJSON = toText(response.clientDataJSON);
  const rest =
    response instanceof AuthenticatorAttestationResponse
      ? { attestationObject: toText(response.attestationObject), transports: response.getTransports?.() ?? [] }
      : usedJson(response as AuthenticatorAssertionResponse);
  return { id, rawId: id, type: 'public-key', response: { clientDataJSON, ...rest } };
}

const usedJson = ({ authenticatorData, signature, userHandle }: AuthenticatorAssertionResponse) => ({
  authenticatorData: toText(authenticatorData),
  signature: toText(signature),
  userHandle: userHandle && toText(userHandle),
});

function toBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function toText(bytes: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
