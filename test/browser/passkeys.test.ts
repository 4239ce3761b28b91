import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalServer } from './local-server.ts';
import { hasNoBrowser, launch, type Visit, visit } from './visit.ts';

let server: LocalServer;
let url: string;
beforeAll(async () => {
  if (hasNoBrowser) return;
  server = await LocalServer.start();
  // Browsers make no passkeys for IP addresses.
  url = new URL(server.url.replace('127.0.0.1', 'localhost')).origin;
});
afterAll(async () => server?.stop());

interface Credential {
  readonly credentialId: string;
  readonly isResidentCredential: boolean;
  readonly rpId?: string;
  readonly privateKey: string;
  readonly userHandle?: string;
  readonly signCount: number;
}

/** A browser that offers no passkeys in the field of the name: this device answers such an offer by itself, before any click. */
async function withoutOffers(): Promise<Visit> {
  const visited = await visit(await launch(), url);
  await visited.context.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false;');
  return visited;
}

/** Gives the page a device with a fingerprint sensor that knows its owner, in software. */
async function withAuthenticator({ context, page }: Visit) {
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return {
    credentials: async (): Promise<readonly Credential[]> =>
      (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    add: (credential: Credential) => cdp.send('WebAuthn.addCredential', { authenticatorId, credential }),
    setVerified: (isUserVerified: boolean) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}

async function register(page: Page, name: string): Promise<void> {
  await page.goto('/auth');
  await page.getByLabel('Username').fill(name);
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`${url}/`);
}

const signInByPasskey = (page: Page) => page.getByRole('button', { name: 'Sign in with a passkey' }).click();

async function addPasskey(page: Page, name: string): Promise<void> {
  await page.goto('/account');
  await page.getByRole('link', { name: 'Passkeys' }).click();
  await page.getByLabel('Name of the new passkey').fill(name);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey is added.').waitFor();
}

describe.skipIf(hasNoBrowser)('passkeys in a browser', () => {
  it('PK-1: are added on the page of the account, sign in, also on a second device, and confirm who one is', async () => {
    const first = await withoutOffers();
    const device = await withAuthenticator(first);
    await register(first.page, 'ada');
    await addPasskey(first.page, 'Laptop');
    expect(await first.page.getByRole('listitem').filter({ hasText: 'Laptop' }).textContent()).toContain('Never used');
    const [credential] = await device.credentials();
    expect(credential).toMatchObject({ isResidentCredential: true, rpId: 'localhost' });
    if (!credential) throw new Error('There is no passkey.');
    await first.page.goto('/account/confirm?next=%2Faccount%2Fpasskeys');
    await first.page.getByRole('button', { name: 'Use a passkey' }).click();
    await first.page.waitForURL('**/account/passkeys');
    await first.page.getByText('Last used').waitFor();
    await first.page.goto('/');
    await first.page.getByRole('button', { name: 'Your account' }).click();
    await first.page.locator('#account-menu').getByRole('button', { name: 'Log out' }).click();
    await first.page.waitForURL('**/auth**');
    await signInByPasskey(first.page);
    await first.page.waitForURL(`${url}/`);

    // A provider of passkeys brings them to the other devices of their owner.
    const second = await withoutOffers();
    const phone = await withAuthenticator(second);
    await second.page.goto('/auth?next=%2Faccount%2Fsessions');
    await phone.add({ ...credential, signCount: 100 });
    await signInByPasskey(second.page);
    await second.page.waitForURL('**/account/sessions');
    expect(await second.page.getByRole('listitem').count()).toBe(2);
    expect([first.problems, second.problems]).toEqual([[], []]);
    await Promise.all([first.context.close(), second.context.close()]);
  });

  it('say why, where the user is not verified, the passkey is unknown, or was removed', async () => {
    const visited = await withoutOffers();
    const { page } = visited;
    const device = await withAuthenticator(visited);
    await register(page, 'bob');
    await addPasskey(page, 'Key');
    const button = page.getByRole('button', { name: 'Add a passkey' });
    await page.getByLabel('Name of the new passkey').fill('Again');
    await button.click();
    await page.getByText('This device has a passkey for you here already.').waitFor();
    await page.getByRole('button', { name: 'Remove Key' }).click();
    await page.getByText('You have none yet.').waitFor();
    await page.context().clearCookies();
    await page.goto('/auth');
    await signInByPasskey(page);
    await page.getByRole('alert').filter({ hasText: 'This passkey was not accepted.' }).waitFor();
    await device.setVerified(false);
    await signInByPasskey(page);
    await page.getByRole('alert').filter({ hasText: 'it was cancelled, or took too long' }).waitFor();
    expect(visited.problems.filter((problem) => !problem.includes('403'))).toEqual([]);
    await visited.context.close();
  });

  it('are offered in the field of the name, where the browser can', async () => {
    const visited = await visit(await launch(), url);
    const { page, context } = visited;
    await withAuthenticator(visited);
    await register(page, 'dora');
    await addPasskey(page, 'Laptop');
    await context.clearCookies();
    await page.goto('/auth?next=%2Faccount');
    await page.waitForURL('**/account');
    await page.getByText('You are signed in as dora.').waitFor();
    expect(visited.problems).toEqual([]);
    await context.close();
  });

  it('are not offered at an address of numbers, for which browsers make none', async () => {
    const visited = await visit(await launch(), server.url);
    const { page } = visited;
    await page.goto('/auth');
    await page.getByLabel('Username').fill('eve');
    await page.getByLabel('Password', { exact: true }).fill('correct horse');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(server.url);
    await page.goto('/account/passkeys');
    await page.getByRole('status').filter({ hasText: 'an address with a name' }).waitFor();
    expect(await page.getByRole('button', { name: 'Add a passkey' }).count()).toBe(0);
    expect(visited.problems).toEqual([]);
    await visited.context.close();
  });

  it('need script, and the pages say so without', async () => {
    const context = await (await launch()).newContext({ baseURL: url, javaScriptEnabled: false });
    const page = await context.newPage();
    await register(page, 'cyd');
    await page.goto('/account/passkeys');
    expect(await page.locator('noscript').allTextContents()).toContainEqual(
      expect.stringContaining('needs JavaScript'),
    );
    expect(await page.getByRole('button', { name: 'Add a passkey' }).count()).toBe(0);
    await context.clearCookies();
    await page.goto('/auth');
    expect(await page.locator('noscript').allTextContents()).toContainEqual(
      expect.stringContaining('Passkeys need JavaScript'),
    );
    expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0);
    await context.close();
  });
});
