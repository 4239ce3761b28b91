import { describe, expect, it } from 'vitest';
import { systemSecrets } from '../../../src/adapters/system/secrets.ts';
import { readLimits } from '../../../src/composition/limits.ts';
import { CodeNeeded } from '../../../src/domain/identity/two-step.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

const PASSWORD = 'correct horse';
const FROM = { address: '192.0.2.1', network: '192.0.2.0/24' };
const PLACE = { presentedTokens: [], deviceName: 'curl', deviceTokens: [], address: FROM.address };
const MINUTE = 60_000;
/** Ten an hour, as by default. */
const TEN = { count: 10, withinMs: 60 * MINUTE, refill: 'together' } as const;
const LIMITED = { rates: { ...readLimits({}).rates, wrong_codes: TEN } };

/** Grace has an account, and is signed in. */
async function grace(rules: Parameters<typeof aWorld>[0] = {}) {
  const world = await aWorld(rules);
  const { useCases, clock } = world;
  const signIn = (code?: string, password = PASSWORD) =>
    useCases.authenticate({ username: 'grace', password, network: FROM.network, ...PLACE, code });
  const { token } = await signIn();
  const identified = await useCases.identifySession(token);
  if (!identified) throw new Error('The session has ended.');
  const { actor } = identified;
  let secret = '';
  /** What the app shows after so many steps. */
  const codeIn = (steps: number) => systemSecrets.timeCode(secret, Math.floor(clock.now() / 30_000) + steps);
  return {
    ...world,
    actor,
    signIn,
    codeIn,
    async begin() {
      secret = await useCases.beginTwoStep(actor);
    },
    async turnOn() {
      secret = await useCases.beginTwoStep(actor);
      return useCases.enableTwoStep(actor, codeIn(0));
    },
    async ticket() {
      try {
        await signIn();
      } catch (error) {
        if (error instanceof CodeNeeded) return error.ticket;
      }
      throw new Error('No code was asked for.');
    },
  };
}

type Grace = Awaited<ReturnType<typeof grace>>;

const finish = ({ useCases }: Grace, ticket: string, code: string) => useCases.finishSignIn({ ticket, code, ...PLACE });

describe('begin-two-step', () => {
  it('makes another secret each time, which changes nothing at sign-in', async () => {
    const { useCases, actor, signIn } = await grace();
    const secrets = [await useCases.beginTwoStep(actor), await useCases.beginTwoStep(actor)];
    expect(new Set(secrets).size).toBe(2);
    expect(await useCases.viewTwoStep(actor)).toMatchObject({ isEnabled: false, secret: secrets[1] });
    await signIn();
  });

  it('is refused to an outsider with the session alone, ten minutes after it began', async () => {
    const { useCases, actor, clock } = await grace();
    clock.advance(10 * MINUTE);
    expect(await refusal(useCases.beginTwoStep(actor))).toBe('confirmation_needed');
  });
});

describe('disable-two-step', () => {
  it('lets people sign in without a code, and forgets the recovery codes', async () => {
    const { useCases, actor, turnOn, signIn } = await grace();
    await turnOn();
    expect([await useCases.disableTwoStep(actor), await useCases.disableTwoStep(actor)]).toEqual([true, false]);
    await signIn();
    expect(await useCases.viewTwoStep(actor)).toMatchObject({ isEnabled: false, recoveryLeft: 0 });
  });

  it('is refused to an outsider with the session alone, ten minutes after it began', async () => {
    const { useCases, actor, clock, turnOn, signIn } = await grace();
    await turnOn();
    clock.advance(10 * MINUTE);
    expect(await refusal(useCases.disableTwoStep(actor))).toBe('confirmation_needed');
    expect(await refusal(signIn())).toBe('code_needed');
  });
});

describe('renew-recovery-codes', () => {
  it('is refused to an outsider with the session alone, ten minutes after it began', async () => {
    const { useCases, actor, clock, turnOn } = await grace();
    await turnOn();
    clock.advance(10 * MINUTE);
    expect(await refusal(useCases.renewRecoveryCodes(actor))).toBe('confirmation_needed');
  });
});

describe('enable-two-step', () => {
  it('asks for codes from the first right one on, and gives ten recovery codes', async () => {
    const world = await grace();
    await world.begin();
    await world.signIn();
    expect(await refusal(world.useCases.enableTwoStep(world.actor, '000000'))).toBe('wrong_code');
    const codes = await world.useCases.enableTwoStep(world.actor, world.codeIn(0));
    expect(new Set(codes).size).toBe(10);
    expect(await refusal(world.signIn())).toBe('code_needed');
    expect(await world.useCases.viewTwoStep(world.actor)).toMatchObject({ isEnabled: true, recoveryLeft: 10 });
  });

  it('is refused to an outsider with the session alone, ten minutes after it began', async () => {
    const world = await grace();
    await world.begin();
    world.clock.advance(10 * MINUTE);
    const { enableTwoStep, viewTwoStep } = world.useCases;
    expect(await refusal(enableTwoStep(world.actor, world.codeIn(0)))).toBe('confirmation_needed');
    expect(await viewTwoStep(world.actor)).toMatchObject({ isConfirmed: false, secret: undefined });
  });

  it('is refused when it is on, and when nothing was begun', async () => {
    const world = await grace();
    const { beginTwoStep, enableTwoStep, renewRecoveryCodes } = world.useCases;
    expect(await refusal(enableTwoStep(world.actor, '000000'))).toBe('conflict');
    expect(await refusal(renewRecoveryCodes(world.actor))).toBe('conflict');
    await world.turnOn();
    expect(await refusal(beginTwoStep(world.actor))).toBe('conflict');
    expect(await refusal(enableTwoStep(world.actor, world.codeIn(1)))).toBe('conflict');
  });
});

describe('finish-sign-in', () => {
  it('takes the code of the app once, also of two at the same time', async () => {
    const world = await grace();
    await world.turnOn();
    // The code that turned it on is used.
    expect(await refusal(finish(world, await world.ticket(), world.codeIn(0)))).toBe('wrong_code');
    world.clock.advance(MINUTE);
    const [code, ticket] = [world.codeIn(0), await world.ticket()];
    const both = await Promise.all([refusal(finish(world, ticket, code)), refusal(finish(world, ticket, code))]);
    expect(both.toSorted()).toEqual(['wrong_code', undefined]);
  });

  it('takes each recovery code once, as it was shown', async () => {
    const world = await grace();
    const [first = '', second = '', third = ''] = await world.turnOn();
    expect((await finish(world, await world.ticket(), first)).user.username).toBe('grace');
    expect(await refusal(finish(world, await world.ticket(), first))).toBe('wrong_code');
    await finish(world, await world.ticket(), second.toUpperCase().replaceAll('-', ' '));
    expect((await world.useCases.viewTwoStep(world.actor)).recoveryLeft).toBe(8);
    const renewed = await world.useCases.renewRecoveryCodes(world.actor);
    await finish(world, await world.ticket(), renewed[0] ?? '');
    expect(await refusal(finish(world, await world.ticket(), third))).toBe('wrong_code');
  });

  it('is refused to an outsider: with a ticket that is over, of an earlier password, of another account, or made up', async () => {
    const world = await grace();
    const [code = '', other = ''] = await world.turnOn();
    const ticket = await world.ticket();
    const [id = '', ends = '', mac = ''] = ticket.split('.');
    for (const forged of [
      '',
      'x',
      `${Number(id) + 1}.${ends}.${mac}`,
      `${id}.${Number(ends) + 1}.${mac}`,
      `${id}.${ends}.`,
    ])
      expect(await refusal(finish(world, forged, code))).toBe('wrong_credentials');
    await world.useCases.changePassword(world.actor, { current: PASSWORD, next: 'battery staple', ...FROM });
    expect(await refusal(finish(world, ticket, code))).toBe('wrong_credentials');
    expect(await refusal(world.signIn(code))).toBe('wrong_credentials');
    await world.signIn(other, 'battery staple');
    await world.useCases.changePassword(world.actor, { current: 'battery staple', next: PASSWORD, ...FROM });
    const late = await world.ticket();
    world.clock.advance(5 * MINUTE);
    expect(await refusal(finish(world, late, code))).toBe('wrong_credentials');
  });

  it('refuses right codes too after ten wrong ones, of whoever has the password', async () => {
    const world = await grace(LIMITED);
    const [code = ''] = await world.turnOn();
    const ticket = await world.ticket();
    const guesses = Array.from({ length: 30 }, (_, n) => refusal(finish(world, ticket, String(n).padStart(6, '0'))));
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => answer === 'wrong_code').length).toBeLessThanOrEqual(10);
    expect(await refusal(finish(world, ticket, code))).toBe('too_many_requests');
  });
});

describe('authenticate', () => {
  it('takes the code at once from programs, and asks an outsider with the password alone for it', async () => {
    const world = await grace();
    const [code = ''] = await world.turnOn();
    expect(await refusal(world.signIn())).toBe('code_needed');
    expect(await refusal(world.signIn('000000'))).toBe('wrong_code');
    expect(await refusal(world.signIn(code, 'a wrong guess'))).toBe('wrong_credentials');
    expect((await world.signIn(code)).user.username).toBe('grace');
  });
});

describe('confirm-identity', () => {
  it('lets the session change how the account is signed in to, for ten minutes', async () => {
    const world = await grace();
    world.clock.advance(60 * MINUTE);
    await world.useCases.confirmIdentity(world.actor, { password: PASSWORD, code: '', ...FROM });
    const [code = ''] = await world.turnOn();
    world.clock.advance(10 * MINUTE);
    const { confirmIdentity, disableTwoStep } = world.useCases;
    expect(await refusal(disableTwoStep(world.actor))).toBe('confirmation_needed');
    expect(await refusal(confirmIdentity(world.actor, { password: PASSWORD, code: '', ...FROM }))).toBe('wrong_code');
    await confirmIdentity(world.actor, { password: PASSWORD, code, ...FROM });
    expect(await disableTwoStep(world.actor)).toBe(true);
    await world.signIn();
  });

  it('is refused to an outsider who has the session and not the password', async () => {
    const world = await grace();
    const confirmation = { password: 'a wrong guess', code: '', ...FROM };
    expect(await refusal(world.useCases.confirmIdentity(world.actor, confirmation))).toBe('wrong_password');
  });
});

describe('view-two-step', () => {
  it('shows the secret while it is being set up, and an outsider nothing of it', async () => {
    const world = await grace();
    await world.begin();
    const { viewTwoStep } = world.useCases;
    expect(await viewTwoStep(world.actor)).toMatchObject({ isEnabled: false, secret: expect.any(String) });
    expect(await viewTwoStep(world.eve)).toMatchObject({ isEnabled: false, secret: undefined });
    await world.useCases.enableTwoStep(world.actor, world.codeIn(0));
    expect(await viewTwoStep(world.actor)).toMatchObject({ isEnabled: true, secret: undefined });
  });
});
