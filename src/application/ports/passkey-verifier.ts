import type { Passkey, PasskeyId } from '../../domain/identity/passkey.ts';

/** What a browser answers, in the JSON form of WebAuthn. Nothing of it is trusted. */
export interface PasskeyAnswer {
  readonly id: string;
  readonly rawId: string;
  readonly type: string;
  readonly response: {
    readonly clientDataJSON: string;
    /** Of a new passkey. */
    readonly attestationObject?: string | undefined;
    readonly transports?: readonly string[] | undefined;
    /** Of a use. */
    readonly authenticatorData?: string | undefined;
    readonly signature?: string | undefined;
    readonly userHandle?: string | null | undefined;
  };
}

/** The site that passkeys belong to. */
export interface PasskeySite {
  /** The host name. */
  readonly id: string;
  /** As browsers write it, such as `https://chat.example.org`. */
  readonly origin: string;
}

export interface ExpectedAnswer {
  readonly challenge: string;
  readonly site: PasskeySite;
}

/**
 * Verifies what authenticators answer: that it is for this challenge, origin and site, that the user was verified, and the signature. Whatever
 * is sent, it answers undefined for what is not right, and throws nothing.
 */
export interface PasskeyVerifier {
  /** The challenge that the answer claims to be for. */
  challengeOf(answer: PasskeyAnswer): string | undefined;
  /** The new passkey. It takes no attestation but `none`. */
  verifyNew(
    answer: PasskeyAnswer,
    expected: ExpectedAnswer,
  ): Promise<(Pick<Passkey, 'publicKey' | 'counter' | 'transports'> & { readonly id: PasskeyId }) | undefined>;
  /** The counter that the authenticator reports. The caller has to compare it with the stored one. */
  verifyUse(
    answer: PasskeyAnswer,
    expected: ExpectedAnswer & { readonly passkey: Pick<Passkey, 'id' | 'publicKey'> },
  ): Promise<{ readonly counter: number } | undefined>;
}
