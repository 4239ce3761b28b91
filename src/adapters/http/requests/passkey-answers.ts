import * as z from 'zod/mini';
import type { PasskeyAnswer, PasskeySite } from '../../../application/ports/passkey-verifier.ts';
import type { RequestContext } from '../env.ts';
import { ourOrigin } from './our-origin.ts';

const id = z.string().check(z.regex(/^[\w-]{1,1364}$/));
const transports = z.optional(z.array(z.string()).check(z.maxLength(16)));

/** `RegistrationResponseJSON` and `AuthenticationResponseJSON`; what else browsers send is not looked at. */
const credential = z.object({
  ...{ id, rawId: id, type: z.literal('public-key') },
  response: z.object({
    clientDataJSON: z.string(),
    attestationObject: z.optional(z.string()),
    transports,
    authenticatorData: z.optional(z.string()),
    signature: z.optional(z.string()),
    userHandle: z.optional(z.nullable(z.string())),
  }),
});

export const passkeyAnswer: z.ZodMiniType<{ readonly credential: PasskeyAnswer }> = z.object({ credential });

export const newPasskey: z.ZodMiniType<{ readonly credential: PasskeyAnswer; readonly name: string }> = z.object({
  credential,
  name: z.string(),
});

/** The site that passkeys are made for: by its public origin, else by the address that the browser asked for. */
export function passkeySite(c: RequestContext, publicOrigin: string | undefined): PasskeySite {
  const { origin, hostname } = new URL(ourOrigin(c, publicOrigin));
  return { id: hostname, origin };
}
