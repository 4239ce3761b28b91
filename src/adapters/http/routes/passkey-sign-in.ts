import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { DomainError } from '../../../domain/errors.ts';
import { requestOptions } from '../../wire/passkeys.ts';
import { type SignInCookies, signInPlace, welcome } from '../answers/signed-in.ts';
import type { PasskeyCookie } from '../cookies/passkey-cookie.ts';
import { type Env, requireActor } from '../env.ts';
import { mediaType, readJson } from '../requests/bodies.ts';
import { clientAddressKey } from '../requests/client-address.ts';
import { limitBodies } from '../requests/limit-bodies.ts';
import { passkeyAnswer, passkeySite } from '../requests/passkey-answers.ts';

const MAX_ANSWER_BYTES = 8 * 1024;

interface Deps extends SignInCookies {
  readonly useCases: Pick<
    UseCases,
    'beginPasskeySignIn' | 'signInByPasskey' | 'beginPasskeyConfirmation' | 'confirmByPasskey'
  >;
  readonly passkeyCookie: PasskeyCookie;
  readonly publicOrigin: string | undefined;
}

/** Signing in by a passkey, and confirming who one is. Both need script: the browser's passkeys are open to nothing else. */
export function passkeySignInRoutes(deps: Deps): Hono<Env> {
  const { useCases, passkeyCookie, publicOrigin, reporting } = deps;
  const routes = new Hono<Env>();

  routes.post('/auth/passkey/options', limitBodies(MAX_ANSWER_BYTES), async (c) => {
    const asked = { ticket: passkeyCookie.read(c), address: clientAddressKey(c) };
    const { challenge, ticket } = await useCases.beginPasskeySignIn(asked);
    passkeyCookie.set(c, ticket);
    return c.json(requestOptions({ challenge, site: passkeySite(c, publicOrigin).id }));
  });

  routes.post('/auth/passkey', limitBodies(MAX_ANSWER_BYTES), async (c) => {
    mediaType(c, 'application/json');
    const { credential: answer } = await readJson(c, passkeyAnswer);
    const given = { answer, site: passkeySite(c, publicOrigin), ticket: passkeyCookie.read(c) };
    try {
      const { user } = welcome(c, deps, await useCases.signInByPasskey({ ...given, ...signInPlace(c, deps) }));
      return c.json({ id: user.id, username: user.username });
    } catch (error) {
      if (error instanceof DomainError) reporting.signInRefused(c, error);
      throw error;
    }
  });

  routes.post('/account/confirm/passkey/options', async (c) => {
    const begun = await useCases.beginPasskeyConfirmation(requireActor(c));
    return c.json(requestOptions({ ...begun, site: passkeySite(c, publicOrigin).id }));
  });

  routes.post('/account/confirm/passkey', async (c) => {
    const actor = requireActor(c);
    mediaType(c, 'application/json');
    const { credential: answer } = await readJson(c, passkeyAnswer);
    const use = { answer, site: passkeySite(c, publicOrigin), address: clientAddressKey(c) };
    await useCases.confirmByPasskey(actor, use);
    return c.body(null, 204);
  });

  return routes;
}
