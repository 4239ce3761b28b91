import { Hono } from 'hono';
import type { Actor } from '../../../application/actor.ts';
import {
  toWireAct,
  toWireDeadJob,
  toWireInstallation,
  toWireListedChat,
  toWireLiveInvite,
  toWirePerson,
} from '../../wire/administration.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, wantsPage } from '../env.ts';
import { pageNumberIn, positionIn } from '../requests/path-ids.ts';
import { type AdministrationDeps, addAdministratorActs, callerIn } from './administrator-acts.ts';

/** For administrators. To everybody else, signed in or not, there is nothing at these addresses. */
export function administrationRoutes(deps: AdministrationDeps): Hono<Env> {
  const routes = new Hono<Env>();
  addViews(routes, deps);
  addLists(routes, deps);
  addAdministratorActs(routes, deps);
  return routes;
}

function addViews(routes: Hono<Env>, { useCases, pages }: AdministrationDeps): void {
  routes.get('/admin', async (c) => {
    const actor = callerIn(c);
    const installationState = toWireInstallation(await useCases.viewInstallation(actor));
    if (!wantsPage(c)) return c.json(installationState);
    return c.html(pages.administration.installation({ ...shell(c, actor), installationState }));
  });

  routes.get('/admin/people', async (c) => {
    const actor = callerIn(c);
    const { q: text = '', after } = c.req.query();
    const page = await useCases.viewPeople(actor, { text, after });
    const people = page.people.map(toWirePerson);
    if (!wantsPage(c)) return c.json({ people, next: page.next ?? null });
    return c.html(pages.administration.people({ ...shell(c, actor), people, text, next: page.next }));
  });

  routes.get('/admin/audit', async (c) => {
    const actor = callerIn(c);
    const before = c.req.query('before');
    const page = await useCases.viewAdministratorActs(actor, before === undefined ? undefined : positionIn(before));
    const acts = page.acts.map(toWireAct);
    if (!wantsPage(c)) return c.json({ acts, next: page.next ?? null });
    return c.html(pages.administration.audit({ ...shell(c, actor), acts, next: page.next }));
  });
}

function addLists(routes: Hono<Env>, { useCases, pages }: AdministrationDeps): void {
  routes.get('/admin/chats', async (c) => {
    const actor = callerIn(c);
    const by = c.req.query('by') === 'use' ? 'use' : 'size';
    const { items, next } = await useCases.viewLargestChats(actor, { by, page: pageNumberIn(c.req.query('page')) });
    const chats = items.map(toWireListedChat);
    if (!wantsPage(c)) return c.json({ chats, next: next ?? null });
    return c.html(pages.administration.largestChats({ ...shell(c, actor), chats, by, next }));
  });

  routes.get('/admin/invites', async (c) => {
    const actor = callerIn(c);
    const { items, next } = await useCases.viewLiveInvites(actor, pageNumberIn(c.req.query('page')));
    const invites = items.map(toWireLiveInvite);
    if (!wantsPage(c)) return c.json({ invites, next: next ?? null });
    return c.html(pages.administration.liveInvites({ ...shell(c, actor), invites, next }));
  });

  routes.get('/admin/jobs', async (c) => {
    const actor = callerIn(c);
    const jobs = (await useCases.viewDeadJobs(actor)).map(toWireDeadJob);
    if (!wantsPage(c)) return c.json({ jobs });
    return c.html(pages.administration.deadJobs({ ...shell(c, actor), jobs }));
  });
}

const shell = (c: RequestContext, { user }: Actor) => ({ theme: cookieTheme(c), user });
