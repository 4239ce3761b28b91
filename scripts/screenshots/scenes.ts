import type { Page } from 'playwright-core';
import type { World } from './seed.ts';
import { cutOff, loseNothingButAnswers, refuseAll } from './sockets.ts';

/** One page in one state. */
export interface Scene {
  readonly name: string;
  /** The name of the signed-in user; undefined when signed out. */
  readonly as?: string;
  readonly script?: false;
  /** It replaces the page's sockets, which cannot be undone: no other scene can follow on the same page. */
  readonly routesSockets?: true;
  /** Limits the scene to certain widths. */
  readonly widths?: readonly number[];
  show(page: Page, world: World): Promise<unknown>;
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message' });

async function openChat(page: Page, id: number): Promise<void> {
  await page.goto(`/chat/${id}`);
  await page.getByRole('status').filter({ hasText: 'Connected' }).first().waitFor({ state: 'attached' });
}

async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Opens the chat at its unread line, also after an earlier scene has read it. */
async function openUnread(page: Page, id: number): Promise<void> {
  await page.goto('/');
  await page.evaluate(`fetch('/chat/${id}/unread', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"position":10}',
  })`);
  await openChat(page, id);
  await page.locator('.unread-line').waitFor();
}

/** Moves the focus to the last message by keys. */
async function toLastRow(page: Page): Promise<void> {
  await composer(page).focus();
  await page.keyboard.press('Shift+Tab');
  await page.getByRole('toolbar', { name: 'Message actions' }).waitFor();
}

/** Opens the menu of the last message by keys. */
async function openMenu(page: Page, id: number): Promise<void> {
  await openChat(page, id);
  await toLastRow(page);
  await page.getByRole('button', { name: 'More actions' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Message actions' }).waitFor();
}

export const SCENES: readonly Scene[] = [
  { name: 'sign-in', show: (page) => page.goto('/auth') },
  {
    name: 'sign-in-refused',
    async show(page) {
      await page.goto('/auth');
      await page.getByLabel('Username').fill('ada');
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'home-empty', as: 'nova', show: (page) => page.goto('/') },
  { name: 'home', as: 'ada', show: (page) => page.goto('/') },
  {
    name: 'new-chat',
    as: 'ada',
    async show(page) {
      await page.goto('/');
      await page.getByRole('button', { name: 'New chat' }).click();
      await page.getByLabel('Chat name').fill('Winter storage');
    },
  },
  { name: 'chat', as: 'ada', show: (page, { harbour }) => openChat(page, harbour) },
  {
    name: 'chat-typing',
    as: 'ada',
    async show(page, { harbour, typing }) {
      await openChat(page, harbour);
      await typing('Mei-Ling', harbour);
      await page.locator('[data-typing]').filter({ hasText: 'Mei-Ling is typing…' }).waitFor();
    },
  },
  { name: 'chat-empty', as: 'ada', show: (page, { empty }) => openChat(page, empty) },
  {
    name: 'chat-cards',
    as: 'ada',
    async show(page, { linked }) {
      await openChat(page, linked);
      await page.locator('.link-card').nth(2).waitFor();
    },
  },
  { name: 'chat-formatted', as: 'ada', show: (page, { formatted }) => openChat(page, formatted) },
  {
    name: 'chat-unread',
    as: 'ada',
    show: (page, { unread }) => openUnread(page, unread),
  },
  {
    name: 'chat-unread-pill',
    as: 'ada',
    async show(page, { unread }) {
      await openUnread(page, unread);
      await page.getByRole('log').evaluate((log) => log.scrollTo(0, log.scrollHeight));
      await page.getByRole('link', { name: /new messages/ }).waitFor();
    },
  },
  { name: 'chat-answered', as: 'ada', show: (page, { answered }) => openChat(page, answered) },
  {
    name: 'reply',
    as: 'ada',
    async show(page, { answered }) {
      await openChat(page, answered);
      await toLastRow(page);
      await page.keyboard.press('r');
      await page.getByRole('button', { name: 'Cancel' }).waitFor();
    },
  },
  {
    name: 'emoji-picker',
    as: 'ada',
    async show(page, { answered }) {
      await openChat(page, answered);
      await toLastRow(page);
      await page.keyboard.press('+');
      await page.getByRole('listbox', { name: 'Emoji' }).waitFor();
    },
  },
  {
    name: 'versions',
    as: 'ada',
    async show(page, { answered }) {
      await openChat(page, answered);
      await page.getByRole('link', { name: 'edited' }).click();
      await page.getByRole('dialog', { name: 'Versions of this message' }).waitFor();
    },
  },
  { name: 'chat-one-message', as: 'ada', show: (page, { single }) => openChat(page, single) },
  {
    name: 'completion',
    as: 'ada',
    async show(page, { harbour }) {
      await openChat(page, harbour);
      await composer(page).focus();
      await page.keyboard.type('Thank you, @');
      await page.getByRole('listbox', { name: 'People' }).waitFor();
    },
  },
  {
    name: 'completion-emoji',
    as: 'ada',
    async show(page, { harbour }) {
      await openChat(page, harbour);
      await composer(page).focus();
      await page.keyboard.type('Thank you :he');
      await page.getByRole('listbox', { name: 'Emoji' }).waitFor();
    },
  },
  {
    name: 'message-actions',
    as: 'ada',
    async show(page, { harbour }) {
      await openMenu(page, harbour);
      await page.keyboard.press('Escape');
      await page.getByRole('toolbar', { name: 'Message actions' }).waitFor();
    },
  },
  { name: 'message-menu', as: 'ada', show: (page, { harbour }) => openMenu(page, harbour) },
  {
    name: 'message-editing',
    as: 'ada',
    async show(page, { harbour }) {
      await openChat(page, harbour);
      await composer(page).press('ArrowUp');
      await page.getByText('Editing', { exact: true }).waitFor();
    },
  },
  {
    name: 'message-page',
    as: 'ada',
    async show(page, { harbour }) {
      await page.goto(`/chat/${harbour}`);
      const link = page.locator('.own .bubble > a').last();
      await page.goto((await link.getAttribute('href')) ?? '');
    },
  },
  {
    name: 'message-versions',
    as: 'ada',
    async show(page, { harbour }) {
      await page.goto(`/chat/${harbour}`);
      const link = page.locator('.own .bubble > a').last();
      await page.goto(`${await link.getAttribute('href')}/versions`);
    },
  },
  {
    name: 'chat-history',
    as: 'ada',
    async show(page, { harbour }) {
      await openChat(page, harbour);
      await page.getByRole('log').evaluate((log) => log.scrollTo(0, 300));
    },
  },
  {
    name: 'chat-pending',
    as: 'ada',
    routesSockets: true,
    async show(page, { harbour }) {
      await loseNothingButAnswers(page);
      await openChat(page, harbour);
      await say(page, 'One more thing: the crane is booked until eleven.');
    },
  },
  {
    name: 'chat-failed',
    as: 'ada',
    routesSockets: true,
    async show(page, { harbour }) {
      await refuseAll(page, 'The disk is full. Nothing was stored.');
      await openChat(page, harbour);
      await say(page, 'One more thing: the crane is booked until eleven.');
      await page.getByRole('button', { name: 'Retry' }).waitFor();
    },
  },
  {
    name: 'chat-offline',
    as: 'ada',
    routesSockets: true,
    async show(page, { harbour }) {
      const cut = await cutOff(page);
      await openChat(page, harbour);
      cut();
      await page
        .getByText(/Reconnecting|Offline/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'invite',
    as: 'ada',
    async show(page, { harbour }) {
      await openChat(page, harbour);
      await page.getByRole('button', { name: 'Create invite link' }).click();
      await page.getByLabel('Link').waitFor();
      await page.getByLabel('Link').evaluate((link: { value?: string }) => {
        link.value = 'https://chat.example.org/invite/tyqSeU-OA-vnZADcZxWiLm';
      });
    },
  },
  {
    name: 'members',
    as: 'ada',
    async show(page, { harbour }) {
      await openChat(page, harbour);
      await page.getByRole('button', { name: '5 members' }).click();
      await page.getByRole('list', { name: 'Members' }).waitFor();
    },
  },
  {
    name: 'notifications-rehearsed',
    as: 'ada',
    widths: [320],
    async show(page) {
      await page.goto('/account/notifications');
      await page.getByRole('button', { name: 'Try on the last seven days' }).click();
      await page.getByRole('heading', { name: 'Over the last seven days' }).waitFor();
    },
  },
  {
    name: 'notifications-page',
    as: 'ada',
    show: (page) => page.goto('/account/notifications'),
  },
  { name: 'admin', as: 'ada', show: (page) => page.goto('/admin') },
  {
    name: 'admin-people',
    as: 'ada',
    async show(page) {
      await page.goto('/admin/people');
      await page.locator('summary', { hasText: 'Deactivate' }).first().click();
    },
  },
  { name: 'admin-chats', as: 'ada', show: (page) => page.goto('/admin/chats') },
  {
    name: 'two-step',
    as: 'ada',
    async show(page) {
      // Sets it up, which signing in again does not feel yet.
      await page.goto('/account/two-step');
      const setUp = page.getByRole('button', { name: 'Set it up' });
      if (await setUp.isVisible()) await setUp.click();
      await page.getByRole('textbox', { name: 'Code' }).waitFor();
    },
  },
  {
    name: 'sign-in-link',
    as: 'ada',
    async show(page) {
      await page.goto('/account/device');
      await page.getByRole('button', { name: 'Show the link' }).click();
      await page.getByRole('img', { name: /QR code/ }).waitFor();
    },
  },
  { name: 'recover', show: (page) => page.goto('/auth/recover') },
  {
    name: 'passkeys',
    as: 'ada',
    show: (page) => page.goto('/account/passkeys'),
  },
  {
    name: 'passkeys-filled',
    as: 'Sanna',
    async show(page) {
      await page.goto('/account/passkeys');
      await page.locator('summary', { hasText: 'Rename' }).first().click();
    },
  },
  { name: 'reset-held', as: 'Tomás', show: (page) => page.goto('/reset') },
  { name: 'archived-page', as: 'ada', show: (page) => page.goto('/chats/archived') },
  {
    name: 'confirm',
    as: 'ada',
    show: (page) => page.goto('/account/confirm'),
  },
  { name: 'account-delete', as: 'ada', show: (page) => page.goto('/account/delete') },
  { name: 'account-export', as: 'ada', show: (page) => page.goto('/account/export') },
  {
    name: 'chat-export',
    as: 'ada',
    show: (page, { harbour }) => page.goto(`/chat/${harbour}/export`),
  },
  { name: 'search', as: 'ada', show: (page) => page.goto('/search') },
  { name: 'search-found', as: 'ada', show: (page) => page.goto('/search?q=the') },
  {
    name: 'search-chat',
    as: 'ada',
    async show(page, { harbour }) {
      await page.goto(`/search?q=zzzz&chat=${harbour}`);
      await page.getByText('Nothing was found').waitFor();
    },
  },
  {
    name: 'chat-search',
    as: 'ada',
    widths: [320, 1280],
    async show(page, { harbour }) {
      await page.goto(`/chat/${harbour}`);
      if ((page.viewportSize()?.width ?? 0) < 480) await page.getByRole('button', { name: 'Chat menu' }).click();
      await page.getByRole('link', { name: 'Search in this chat' }).filter({ visible: true }).first().click();
      await page.getByRole('searchbox', { name: 'Search in this chat' }).fill('the');
      await page.locator('[data-count]', { hasText: /\d/ }).waitFor();
    },
  },
  {
    name: 'past-page',
    as: 'ada',
    show: (page, { harbour }) => page.goto(`/chat/${harbour}?at=30`),
  },
  {
    name: 'account-page',
    as: 'ada',
    show: (page) => page.goto('/account'),
  },
  {
    name: 'picture-page',
    as: 'ada',
    async show(page) {
      await page.goto('/account/picture');
      await page.getByLabel('Image').waitFor();
    },
  },
  {
    name: 'sessions-page',
    as: 'ada',
    show: (page) => page.goto('/account/sessions'),
  },
  {
    name: 'invites-page',
    as: 'ada',
    show: (page, { harbour }) => page.goto(`/chat/${harbour}/invites`),
  },
  {
    name: 'files-page',
    as: 'ada',
    show: (page, { harbour }) => page.goto(`/chat/${harbour}/files`),
  },
  {
    name: 'audit-page',
    as: 'ada',
    show: (page, { harbour }) => page.goto(`/chat/${harbour}/audit`),
  },
  {
    name: 'reports-page',
    as: 'ada',
    show: (page, { harbour }) => page.goto(`/chat/${harbour}/reports`),
  },
  {
    name: 'members-page',
    as: 'ada',
    show: async (page, { harbour }) => {
      await page.goto(`/chat/${harbour}/members`);
      await page.getByText('Leave this chat').click();
    },
  },
  {
    name: 'switcher',
    as: 'ada',
    widths: [1280],
    async show(page, { harbour }) {
      await openChat(page, harbour);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('t');
    },
  },
  {
    name: 'shortcuts',
    as: 'ada',
    widths: [1280],
    async show(page, { harbour }) {
      await openChat(page, harbour);
      await page.getByRole('button', { name: 'All shortcuts' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'invite-without-script',
    as: 'ada',
    script: false,
    widths: [320],
    async show(page, { harbour }) {
      await page.goto(`/chat/${harbour}`);
      await page.getByRole('button', { name: 'Create invite link' }).click();
      await page.getByLabel('Link').waitFor();
    },
  },
  {
    name: 'home-unread',
    as: 'ada',
    async show(page) {
      await page.goto('/');
      await page.getByRole('link', { name: 'Unread' }).click();
    },
  },
  { name: 'catch-up', as: 'ada', show: (page) => page.goto('/catch-up') },
  { name: 'catch-up-done', as: 'nova', widths: [320], show: (page) => page.goto('/catch-up') },
  {
    name: 'account-menu',
    as: 'ada',
    widths: [320, 1280],
    async show(page) {
      await page.goto('/');
      await page.getByRole('button', { name: 'Your account' }).click();
    },
  },
  {
    name: 'invitation',
    as: 'nova',
    async show(page, { invite }) {
      // Like a link on another site, which must not join by itself.
      const { origin } = new URL(page.url());
      await page.goto(`${origin.replace('127.0.0.1', 'localhost')}/auth`);
      await page.evaluate(`location.assign('${origin}/invite/${invite}')`);
      await page.getByRole('button', { name: 'Join' }).waitFor();
    },
  },
  { name: 'offline', widths: [320, 1280], show: (page) => page.goto('/offline') },
  { name: 'error-403', as: 'ada', show: (page) => page.goto('/chat/4096') },
  { name: 'error-404', show: (page) => page.goto('/nowhere') },
  ...[422, 429, 500, 503].map(
    (status): Scene => ({
      name: `error-${status}`,
      as: 'ada',
      widths: [320],
      show: (page) => page.goto(`/shown/${status}`),
    }),
  ),
];
