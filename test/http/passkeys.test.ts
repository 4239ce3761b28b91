import { describe, expect, it } from 'vitest';
import { HOUR } from '../fakes.ts';
import { type Algorithm, attestation, type Mistakes, SoftwareAuthenticator } from '../software-authenticator.ts';
import { anApp, answerOf, Client, JSON_BODY, jsonOf, PAGE, PASSWORD, signedIn, type TestApp } from './client.ts';

const ORIGIN = 'http://localhost';

type Creation = Parameters<SoftwareAuthenticator['create']>[0];
type Request = Parameters<SoftwareAuthenticator['get']>[0];

/** A browser that also keeps the ticket of passkeys. */
class Browser {
  readonly client: Client;
  ticket: string | undefined;

  constructor(app: TestApp, address?: string) {
    this.client = new Client(app, undefined, address);
  }

  async options(): Promise<Request> {
    const answer = await this.client.postJson('/auth/passkey/options', {}, this.#headers());
    const sent = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('passkey_ticket='));
    this.ticket = sent?.split(';')[0];
    return jsonOf<Request>(answer, 200);
  }

  send(credential: unknown): Promise<Response> {
    return this.client.postJson('/auth/passkey', { credential }, this.#headers());
  }

  async signIn(authenticator: SoftwareAuthenticator, mistakes: Mistakes = {}): Promise<Response> {
    return this.send(authenticator.get(await this.options(), ORIGIN, mistakes));
  }

  #headers(): Record<string, string> {
    return this.ticket === undefined ? {} : { cookie: this.ticket };
  }
}

const optionsFor = async (client: Client) => jsonOf<Creation>(await client.post('/account/passkeys/options'), 200);

const add = async (client: Client, authenticator: SoftwareAuthenticator, name = 'Phone', mistakes: Mistakes = {}) =>
  client.postJson('/account/passkeys', {
    name,
    credential: authenticator.create(await optionsFor(client), ORIGIN, mistakes),
  });

async function withPasskey(algorithm: Algorithm = 'ES256', changes: Parameters<typeof anApp>[0] = {}) {
  const app = await anApp({ publicOrigin: undefined, ...changes });
  const ada = await signedIn(app, 'ada');
  const authenticator = new SoftwareAuthenticator(algorithm);
  expect((await add(ada, authenticator)).status).toBe(201);
  return { app, ada, authenticator, browser: new Browser(app) };
}

describe('passkeys', () => {
  it.each(['ES256', 'Ed25519', 'RS256'] as const)(
    'PK-1: signs in with a passkey of %s, in any browser',
    async (algorithm) => {
      const { app, authenticator, browser } = await withPasskey(algorithm);
      expect(await jsonOf(await browser.signIn(authenticator), 200)).toEqual({ id: 1, username: 'ada' });
      expect((await browser.client.get('/account')).status).toBe(200);
      const events = app.log.entries.map(({ details }) => details.event);
      expect(events).toContain('passkeys_changed');
      expect(events.filter((event) => event === 'signed_in')).toHaveLength(1);
    },
  );

  it('stands for both steps', async () => {
    const { ada, authenticator, browser, app } = await withPasskey();
    const { secret } = await jsonOf<{ secret: string }>(await ada.post('/account/two-step'), 201);
    const { systemSecrets } = await import('../../src/adapters/system/secrets.ts');
    const code = systemSecrets.timeCode(secret, Math.floor(app.clock.now() / 30_000));
    await jsonOf(await ada.request('PUT', '/account/two-step', JSON_BODY, JSON.stringify({ code })), 200);
    expect((await new Client(app).signIn('ada')).status).toBe(401);
    expect((await browser.signIn(authenticator)).status).toBe(200);
  });

  it('PK-2: asks everybody for the same, and names no account', async () => {
    const { app, ada } = await withPasskey();
    const [known, unknown] = [new Browser(app), new Browser(app)];
    const { challenge, ...asked } = (await known.options()) as Request & { challenge: string };
    const { challenge: other, ...same } = (await unknown.options()) as Request & { challenge: string };
    expect(same).toEqual(asked);
    expect(asked).toEqual({ rpId: 'localhost', timeout: 300_000, userVerification: 'required', allowCredentials: [] });
    expect(other).not.toBe(challenge);
    const made = await optionsFor(ada);
    expect(made).toMatchObject({
      rp: { id: 'localhost' },
      user: { id: expect.stringMatching(/^[\w-]{43}$/), name: 'ada' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
    });
    expect((await optionsFor(ada)).user.id).toBe(made.user.id);
  });

  it('is listed, renamed and removed, by JSON and by forms, and told on the page of the account', async () => {
    const { ada, authenticator, browser } = await withPasskey();
    const path = `/account/passkeys/${authenticator.id}`;
    expect((await ada.patchJson(path, { name: ' Blue key ' })).status).toBe(204);
    const listed = await jsonOf<{ passkeys: object[] }>(await ada.get('/account/passkeys'), 200);
    expect(listed).toMatchObject({ confirmed: true, passkeys: [{ name: 'Blue key', used_at: null, held: false }] });
    expect(await answerOf(await ada.postForm(`${path}/rename`, { name: 'Key <b>' }, PAGE))).toBe(
      '303 /account/passkeys',
    );
    const page = await (await ada.get('/account/passkeys', PAGE)).text();
    expect(page).toContain('<bdi>Key &lt;b&gt;</bdi>');
    expect(page).toMatch(/<noscript>.*needs JavaScript/);
    const refused = await ada.postForm(`${path}/rename`, { name: ' ' }, PAGE);
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('1 to 40 characters')]);
    expect(await (await ada.get('/account', PAGE)).text()).toMatch(/“<bdi>Phone<\/bdi>” was added/);
    expect(await answerOf(await ada.postForm(`${path}/remove`, {}, PAGE))).toBe('303 /account/passkeys');
    expect(await (await ada.get('/account', PAGE)).text()).toMatch(/“<bdi>Key &lt;b&gt;<\/bdi>” was removed/);
    expect(await answerOf(await ada.request('DELETE', path))).toBe('404 not_found');
    expect(await answerOf(await browser.signIn(authenticator))).toBe('403 wrong_passkey');
    expect((await ada.get('/')).status).toBe(200);
  });

  it('PK-3: is added, renamed and removed only within ten minutes of a confirmation, which a passkey gives too', async () => {
    const { app, ada, authenticator } = await withPasskey();
    app.clock.advance(HOUR);
    const path = `/account/passkeys/${authenticator.id}`;
    expect(await answerOf(await ada.post('/account/passkeys/options'))).toBe('403 confirmation_needed');
    expect(await answerOf(await ada.patchJson(path, { name: 'x' }))).toBe('403 confirmation_needed');
    expect(await answerOf(await ada.request('DELETE', path))).toBe('403 confirmation_needed');
    expect(await (await ada.get('/account/confirm', PAGE)).text()).toContain('Use a passkey');
    const options = async () => jsonOf<Request>(await ada.post('/account/confirm/passkey/options'), 200);
    const wrong = authenticator.get(await options(), ORIGIN, { flags: 1 });
    expect(await answerOf(await ada.postJson('/account/confirm/passkey', { credential: wrong }))).toBe(
      '403 wrong_passkey',
    );
    const right = authenticator.get(await options(), ORIGIN);
    expect((await ada.postJson('/account/confirm/passkey', { credential: right })).status).toBe(204);
    expect((await ada.request('DELETE', path)).status).toBe(204);
    app.clock.advance(HOUR);
    expect((await ada.postJson('/account/confirm', { password: PASSWORD })).status).toBe(204);
    expect((await add(ada, new SoftwareAuthenticator())).status).toBe(201);
  });

  it('PK-4: takes at most twenty of one person', async () => {
    const { ada } = await withPasskey();
    const all = Array.from({ length: 19 }, () => new SoftwareAuthenticator('Ed25519'));
    for (const one of all) expect((await add(ada, one)).status).toBe(201);
    expect(await answerOf(await ada.post('/account/passkeys/options'))).toBe('409 too_many_passkeys');
  });

  it('PK-5: does not sign in to a deactivated account, with the answer to an unknown passkey', async () => {
    const { app, authenticator, browser } = await withPasskey();
    const unknown = await (await browser.signIn(new SoftwareAuthenticator())).text();
    const { id } = await jsonOf<{ id: number }>(await browser.signIn(authenticator), 200);
    await app.storage.unitOfWork.run(({ administration }) =>
      administration.setDeactivated(id as Parameters<typeof administration.setDeactivated>[0], app.clock.now()),
    );
    const refused = await new Browser(app).signIn(authenticator);
    expect([refused.status, await refused.text()]).toEqual([403, unknown]);
  });

  it('belongs to the public origin', async () => {
    const app = await anApp({ publicOrigin: 'https://chat.example.org' });
    const headers = { host: 'chat.example.org' };
    const answer = await app.http.request('https://chat.example.org/auth/passkey/options', { method: 'POST', headers });
    expect(await jsonOf(answer, 200)).toMatchObject({ rpId: 'chat.example.org' });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Secure-passkey_ticket=[\w-]{43}; Max-Age=300; Path=\/auth; HttpOnly; Secure; SameSite=Strict$/,
    );
  });
});

describe('PK-6: an answer of a passkey that is not right', () => {
  const wrong: readonly (readonly [string, Mistakes])[] = [
    ['for another challenge', { challenge: 'A'.repeat(43) }],
    ['of another origin', { origin: 'http://localhost.evil.example' }],
    ['of another port', { origin: 'http://localhost:81' }],
    ['of another site', { rpId: 'evil.example' }],
    ['without verification of the user', { flags: 1 }],
    ['without presence of the user', { flags: 4 }],
    ['of another kind', { type: 'webauthn.create' }],
    ['that names another user', { userHandle: 'A'.repeat(43) }],
  ];

  it.each(wrong)('%s signs nobody in', async (_what, mistakes) => {
    const { authenticator, browser } = await withPasskey();
    const refused = await browser.signIn(authenticator, mistakes);
    expect([await answerOf(refused), browser.client.token]).toEqual(['403 wrong_passkey', undefined]);
  });

  it.each([
    ...wrong.filter(([, { userHandle, type }]) => userHandle === undefined && type === undefined),
    ['of another kind', { type: 'webauthn.get' }],
    ['with an attestation', { fmt: 'packed' }],
    ['with an attestation of TPM', { fmt: 'tpm' }],
    ['without a key', { flags: 5 }],
  ] as readonly (readonly [string, Mistakes])[])('%s is not added', async (_what, mistakes) => {
    const app = await anApp({ publicOrigin: undefined });
    const ada = await signedIn(app, 'ada');
    const { flags }: Mistakes = mistakes;
    const given: Mistakes = flags === undefined || flags === 5 ? mistakes : { ...mistakes, flags: flags | 64 };
    expect(await answerOf(await add(ada, new SoftwareAuthenticator(), 'Phone', given))).toBe('422 invalid_passkey');
  });

  it('works once, and for five minutes', async () => {
    const { app, authenticator, browser } = await withPasskey();
    const answer = authenticator.get(await browser.options(), ORIGIN);
    expect((await browser.send(answer)).status).toBe(200);
    expect(await answerOf(await browser.send(answer))).toBe('403 wrong_passkey');
    const late = authenticator.get(await browser.options(), ORIGIN);
    app.clock.advance(5 * 60_000);
    expect(await answerOf(await browser.send(late))).toBe('403 wrong_passkey');
  });

  it('is used up also by a wrong answer, and only one of two at the same time counts', async () => {
    const { authenticator, browser } = await withPasskey();
    const options = await browser.options();
    expect((await browser.send(authenticator.get(options, ORIGIN, { flags: 1 }))).status).toBe(403);
    expect((await browser.send(authenticator.get(options, ORIGIN))).status).toBe(403);
    const answer = authenticator.get(await browser.options(), ORIGIN);
    const both = await Promise.all([browser.send(answer), browser.send(answer)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 403]);
  });

  it('of another browser, or without a ticket, signs nobody in', async () => {
    const { app, authenticator, browser } = await withPasskey();
    const other = new Browser(app);
    await other.options();
    const answer = authenticator.get(await browser.options(), ORIGIN);
    expect(await answerOf(await other.send(answer))).toBe('403 wrong_passkey');
    const bare = authenticator.get(await browser.options(), ORIGIN);
    browser.ticket = undefined;
    expect(await answerOf(await browser.send(bare))).toBe('403 wrong_passkey');
  });

  it('of another purpose or session counts for nothing', async () => {
    const { app, ada, authenticator, browser } = await withPasskey();
    const forConfirming = await jsonOf<Request>(await ada.post('/account/confirm/passkey/options'), 200);
    await browser.options();
    expect((await browser.send(authenticator.get(forConfirming, ORIGIN))).status).toBe(403);
    const eve = await signedIn(app, 'eve');
    const asked = await jsonOf<Request>(await eve.post('/account/confirm/passkey/options'), 200);
    // Ada's passkey, in Eve's session and in Ada's.
    for (const client of [eve, ada]) {
      const credential = authenticator.get(asked, ORIGIN);
      expect(await answerOf(await client.postJson('/account/confirm/passkey', { credential }))).toBe(
        '403 wrong_passkey',
      );
    }
    const made = new SoftwareAuthenticator();
    const credential = made.create(await optionsFor(eve), ORIGIN);
    expect(await answerOf(await ada.postJson('/account/passkeys', { name: 'x', credential }))).toBe(
      '422 invalid_passkey',
    );
  });

  it('PK-7: with a counter that does not go on is refused, and one that keeps none is taken', async () => {
    const { authenticator, browser } = await withPasskey();
    for (const [counter, status] of [
      [0, 200],
      [0, 200],
      [7, 200],
      [7, 403],
      [3, 403],
      [0, 403],
      [8, 200],
    ] as const) {
      expect([counter, (await browser.signIn(authenticator, { counter })).status]).toEqual([counter, status]);
    }
  });

  it("adds no passkey a second time, and changes nobody else's", async () => {
    const { app, ada, authenticator } = await withPasskey();
    expect(await answerOf(await add(ada, authenticator))).toBe('422 invalid_passkey');
    const eve = await signedIn(app, 'eve');
    expect(await answerOf(await add(eve, authenticator))).toBe('422 invalid_passkey');
    const path = `/account/passkeys/${authenticator.id}`;
    expect(await answerOf(await eve.patchJson(path, { name: 'mine' }))).toBe('404 not_found');
    expect(await answerOf(await eve.request('DELETE', path))).toBe('404 not_found');
    expect(await jsonOf(await eve.get('/account/passkeys'), 200)).toMatchObject({ passkeys: [] });
  });
});

describe('PK-8: hostile answers', () => {
  /** CBOR that nests, that claims more than there is, and that is no CBOR at all. */
  const HOSTILE: readonly (readonly [string, Buffer])[] = [
    [
      'nested arrays',
      attestation(
        'none',
        Buffer.concat([Buffer.alloc(32), Buffer.from([69]), Buffer.alloc(20), Buffer.alloc(3_000, 0x81)]),
      ),
    ],
    [
      'an endless array',
      attestation(
        'none',
        Buffer.concat([
          Buffer.alloc(32),
          Buffer.from([69]),
          Buffer.alloc(22),
          Buffer.from('9bffffffffffffffff', 'hex'),
        ]),
      ),
    ],
    ['an empty map', Buffer.from([0xa0])],
    ['a map that claims more', Buffer.from('bbffffffffffffffff', 'hex')],
    ['nested maps', Buffer.alloc(4_000, 0xa1)],
    ['a key of a megabyte', Buffer.from('a37a00100000', 'hex')],
    ['short data', attestation('none', Buffer.alloc(3))],
    ['tags', Buffer.alloc(4_000, 0xc0)],
    [
      'a certificate as ASN.1',
      Buffer.from(`a363666d74667061636b65646761747453746d74a163783563815903e8${'30'.repeat(1_000)}`, 'hex'),
    ],
    ['random bytes', Buffer.from(Array.from({ length: 2_000 }, (_, at) => (at * 7919) % 251))],
  ];

  it.each(HOSTILE)('%s are refused, and the server goes on', async (_what, bytes) => {
    const app = await anApp({ publicOrigin: undefined });
    const ada = await signedIn(app, 'ada');
    const authenticator = new SoftwareAuthenticator();
    const made = authenticator.create(await optionsFor(ada), ORIGIN);
    const response = { ...made.response, attestationObject: bytes.toString('base64url') };
    const credential = { ...made, response };
    expect(await answerOf(await ada.postJson('/account/passkeys', { name: 'x', credential }))).toBe(
      '422 invalid_passkey',
    );
    const browser = new Browser(app);
    const used = authenticator.get(await browser.options(), ORIGIN);
    const data = { ...used.response, authenticatorData: bytes.toString('base64url') };
    expect(await answerOf(await browser.send({ ...used, response: data }))).toBe('403 wrong_passkey');
  });

  it('of the wrong form, or too large, are refused before anything is looked up', async () => {
    const { ada, authenticator, browser } = await withPasskey();
    const used = authenticator.get(await browser.options(), ORIGIN);
    for (const bad of [
      null,
      [],
      'x',
      {},
      { ...used, id: 7 },
      { ...used, id: '../x' },
      { ...used, type: 'password' },
      { ...used, response: null },
    ])
      expect(await answerOf(await browser.send(bad))).toBe('400 bad_request');
    const padded = (length: number) => ({ ...used, response: { ...used.response, signature: 'A'.repeat(length) } });
    expect(await answerOf(await browser.send(padded(6_000)))).toBe('403 wrong_passkey');
    expect(await answerOf(await browser.send(padded(9_000)))).toBe('413 too_large');
    const body = JSON.stringify({
      name: 'x',
      credential: { ...used, response: { ...used.response, attestationObject: 'A'.repeat(65_536) } },
    });
    expect(await answerOf(await ada.post('/account/passkeys', body, JSON_BODY))).toBe('413 too_large');
    const within = JSON.stringify({
      name: 'x',
      credential: { ...used, response: { ...used.response, attestationObject: 'A'.repeat(64_000) } },
    });
    expect(await answerOf(await ada.post('/account/passkeys', within, JSON_BODY))).toBe('422 invalid_passkey');
    expect(await answerOf(await ada.postForm('/account/passkeys', { name: 'x' }))).toBe('415 unsupported_media_type');
    for (const clientDataJSON of [
      '',
      '%%',
      'bnVsbA',
      Buffer.from('[]').toString('base64url'),
      Buffer.from('{"challenge":7}').toString('base64url'),
    ])
      expect(await answerOf(await browser.send({ ...used, response: { ...used.response, clientDataJSON } }))).toBe(
        '403 wrong_passkey',
      );
  });
});
