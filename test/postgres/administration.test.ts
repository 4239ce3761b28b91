import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { noRateLimits } from '../../src/adapters/rate-limiter/rate-limits.ts';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { makeSetAdministrator } from '../../src/application/use-cases/administration/set-administrator.ts';
import { makeSetDeactivated } from '../../src/application/use-cases/administration/set-deactivated.ts';
import { makeAuthenticate } from '../../src/application/use-cases/identity/authenticate.ts';
import { inviteId } from '../../src/domain/chats/invite.ts';
import { sessionCredential } from '../../src/domain/identity/credential.ts';
import type { Registration } from '../../src/domain/identity/registration.ts';
import type { User } from '../../src/domain/identity/user.ts';
import { sessionId } from '../../src/domain/ids.ts';
import { anInviteTo, insertChat } from '../builders.ts';
import { instantPasswordHasher, manualTimer, recordingBroadcast, stoppedClock } from '../fakes.ts';
import { PostgresServer } from './postgres-server.ts';

let server: PostgresServer;
let schemas = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.remove());

/** Two instances on one empty database. */
async function aPair(): Promise<readonly [Storage, Storage]> {
  schemas += 1;
  const url = await server.schema(`administration_${schemas}`);
  const pair = [await openPostgresStorage(url), await openPostgresStorage(url)] as const;
  onTestFinished(async () => void (await Promise.all(pair.map((storage) => storage.close()))));
  return pair;
}

const clock = stoppedClock();
const passwordHasher = instantPasswordHasher();
const actorOf = (user: User) => ({ user, credential: sessionCredential(sessionId('none')) });

function authenticateOn(storage: Storage, registration: Registration = 'open', invite?: string) {
  const authenticate = makeAuthenticate({
    ...storage,
    ...{ broadcast: recordingBroadcast(), clock, secrets: systemSecrets, passwordHasher, rateLimits: noRateLimits },
    ...{ timer: manualTimer(), delayCaps: { ofNetwork: 0, inAll: 0 }, stopping: new AbortController().signal },
    registration,
  });
  return (username: string) =>
    authenticate({
      ...{ invite, username, password: 'correct horse', presentedTokens: [], deviceName: '', deviceTokens: [] },
      ...{ address: '192.0.2.1', network: '192.0.2.0/24' },
    });
}

describe('two instances', () => {
  it('make one administrator of those who register at an empty installation at once', async () => {
    const pair = await aPair();
    const names = Array.from({ length: 8 }, (_, n) => `person ${n}`);
    await Promise.all(names.map((name, n) => authenticateOn(pair[n % 2 === 0 ? 0 : 1])(name)));
    expect(await pair[0].view.administration.administrators()).toHaveLength(1);
    expect(await pair[0].view.overview.totals()).toMatchObject({ people: 8 });
  });

  it('keep one of two administrators who end each other at once', async () => {
    const pair = await aPair();
    const { user: ada } = await authenticateOn(pair[0])('ada');
    const { user: bob } = await authenticateOn(pair[1])('bob');
    const [one, other] = pair.map((storage) => makeSetAdministrator({ ...storage, clock }));
    await one?.(actorOf(ada), { userId: bob.id, on: true });
    const outcomes = await Promise.allSettled([
      one?.(actorOf(ada), { userId: bob.id, on: false }),
      other?.(actorOf(bob), { userId: ada.id, on: false }),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await pair[1].view.administration.administrators()).toHaveLength(1);
  });

  it('register one person with a link that lets in one', async () => {
    const pair = await aPair();
    const { user } = await authenticateOn(pair[0])('ada');
    await pair[0].unitOfWork.run(async (store) => {
      const chat = await insertChat(store, 'Lobby', user);
      const id = inviteId(systemSecrets.digest('code'));
      await store.invites.add(anInviteTo(chat, user, { id, maxUses: 1 }));
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) => authenticateOn(pair[n % 2 === 0 ? 0 : 1], 'invite', 'code')(`person ${n}`)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await pair[0].view.overview.totals()).toMatchObject({ people: 2 });
  });

  it('leave no session to a person who signs in while they are deactivated', async () => {
    const pair = await aPair();
    const { user: ada } = await authenticateOn(pair[0])('ada');
    const { user: bob } = await authenticateOn(pair[1])('bob');
    const deactivate = makeSetDeactivated({ ...pair[0], clock });
    await Promise.allSettled([
      ...Array.from({ length: 6 }, () => authenticateOn(pair[1])('bob')),
      deactivate(actorOf(ada), { userId: bob.id, on: true }),
      ...Array.from({ length: 6 }, () => authenticateOn(pair[1])('bob')),
    ]);
    expect(await pair[0].view.sessions.ofUser(bob.id)).toEqual([]);
  });
});
