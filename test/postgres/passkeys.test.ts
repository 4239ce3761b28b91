import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { noRateLimits } from '../../src/adapters/rate-limiter/rate-limits.ts';
import { makePasskeyVerifier } from '../../src/adapters/simplewebauthn/passkey-verifier.ts';
import { noMeasurements } from '../../src/adapters/system/no-measurements.ts';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { makeAddPasskey } from '../../src/application/use-cases/identity/add-passkey.ts';
import { makeBeginPasskey } from '../../src/application/use-cases/identity/begin-passkey.ts';
import { makeBeginPasskeySignIn } from '../../src/application/use-cases/identity/begin-passkey-sign-in.ts';
import { makeSignInByPasskey } from '../../src/application/use-cases/identity/sign-in-by-passkey.ts';
import { anActor, aSessionOf, insertUser } from '../builders.ts';
import { recordingBroadcast, stoppedClock } from '../fakes.ts';
import { SoftwareAuthenticator } from '../software-authenticator.ts';
import { refusal } from '../use-cases/refusal.ts';
import { PostgresServer } from './postgres-server.ts';

const SITE = { id: 'chat.example.org', origin: 'https://chat.example.org' };
const ADDRESS = '192.0.2.1';
const PLACE = { presentedTokens: [], deviceName: 'curl', deviceTokens: [], address: ADDRESS };

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

function instance(storage: Storage) {
  const deps = {
    ...{ ...storage, clock: stoppedClock(), secrets: systemSecrets, rateLimits: noRateLimits },
    ...{ broadcast: recordingBroadcast(), passkeyVerifier: makePasskeyVerifier() },
  };
  return {
    begin: makeBeginPasskey(deps),
    add: makeAddPasskey(deps),
    ask: makeBeginPasskeySignIn(deps),
    signIn: makeSignInByPasskey(deps),
  };
}

it('PK-6: two instances take one answer once between them, and challenges of each other', async () => {
  const url = await server.schema('passkeys');
  const storages = [await openPostgresStorage(url, { measurements: noMeasurements })];
  storages.push(await openPostgresStorage(url, { measurements: noMeasurements }));
  onTestFinished(async () => {
    for (const storage of storages) await storage.close();
  });
  const [first, second] = storages.map(instance);
  const ada = await storages[0]?.unitOfWork.run(async (store) => {
    const user = await insertUser(store, 'ada');
    await store.sessions.add(aSessionOf(user));
    return anActor(user);
  });
  if (!first || !second || !ada) throw new Error('There are two instances, and Ada.');
  const authenticator = new SoftwareAuthenticator();
  const { challenge, handle } = await first.begin(ada);
  const made = authenticator.create({ challenge, rp: SITE, user: { id: handle } }, SITE.origin);
  await second.add(ada, { answer: made, name: 'Phone', site: SITE });
  for (let round = 1; round <= 50; round += 1) {
    const asked = await first.ask({ ticket: undefined, address: ADDRESS });
    const options = { challenge: asked.challenge, rpId: SITE.id };
    const answer = authenticator.get(options, SITE.origin, { counter: round });
    const signIn = ({ signIn }: typeof first) =>
      refusal(signIn({ answer, site: SITE, ticket: asked.ticket, ...PLACE }));
    expect((await Promise.all([signIn(first), signIn(second)])).toSorted()).toEqual(['wrong_passkey', undefined]);
  }
});
