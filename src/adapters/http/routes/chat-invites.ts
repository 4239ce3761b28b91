import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { UseCases } from '../../../application/use-cases.ts';
import { type AskedTerms, bringsModerators } from '../../../domain/chats/invite.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { toWireInvite } from '../../wire/invite.ts';
import { answerForm } from '../answers/refused-form.ts';
import type { Reporting } from '../answers/reporting.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type Env, type RequestContext, requireActor, wantsPage } from '../env.ts';
import type { Pages } from '../pages/pages.ts';
import { isForm, readForm, readOptionalJson } from '../requests/bodies.ts';
import { newFormId } from '../requests/form-ids.ts';
import { ourOrigin } from '../requests/our-origin.ts';
import { chatIdIn } from '../requests/path-ids.ts';
import { SentForms } from '../requests/sent-forms.ts';

const WHOLE_NUMBER = /^[0-9]{1,9}$/;
const WHOLE_NUMBER_OR_NOTHING = /^[0-9]{0,9}$/;

/** As programs send the terms; all may be left out, and the whole body, too. */
const terms = z.object({
  expires_in: z.optional(z.number()),
  uses: z.optional(z.nullable(z.number())),
  note: z.optional(z.string()),
  role: z.optional(z.string()),
});
/** As pages send them: empty for any number of people. */
const inviteForm = z.object({
  client_id: z.optional(z.string()),
  expires_in: z.optional(z.string().check(z.regex(WHOLE_NUMBER))),
  uses: z.optional(z.string().check(z.regex(WHOLE_NUMBER_OR_NOTHING))),
  note: z.optional(z.string()),
  role: z.optional(z.string()),
});

interface Deps {
  readonly useCases: Pick<UseCases, 'viewChat' | 'createInvite' | 'viewInvites' | 'revokeInvite'>;
  readonly pages: Pages;
  readonly reporting: Reporting;
  readonly publicOrigin: string | undefined;
}

/** The invites of a chat: making, listing and revoking them. */
export function chatInviteRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  addMaking(routes, deps);
  addManaging(routes, deps);
  return routes;
}

function addMaking(routes: Hono<Env>, deps: Deps): void {
  const { useCases, pages, publicOrigin, reporting } = deps;
  const created = new SentForms<Awaited<ReturnType<UseCases['createInvite']>>>();

  routes.post('/create_invite/:chat_id', async (c) => {
    const actor = requireActor(c);
    const chatId = chatIdIn(c.req.param('chat_id'));
    const { clientId, asked } = await termsIn(c);
    const form = { user: actor.user.id, id: clientId, words: JSON.stringify([chatId, asked]) };
    return answerForm(c, {
      reporting,
      codes: ['invalid_invite', 'too_many_invites'],
      page: ({ message }) => showInvites(deps, c, { chatId, problem: message }),
      async work() {
        const { code, expiresAt } = await created.once(form, () => useCases.createInvite(actor, chatId, asked));
        const expires_at = new Date(expiresAt).toISOString();
        if (!wantsPage(c)) return c.json({ code, expires_at }, 201);
        const { chat } = await useCases.viewChat(actor, chatId);
        const url = `${ourOrigin(c, publicOrigin)}/invite/${code}`;
        const page = { theme: cookieTheme(c), user: actor.user, chat, url, expiresAt: expires_at };
        return c.html(pages.inviteCreated(page), 201);
      },
    });
  });
}

interface SentTerms {
  readonly clientId?: string | undefined;
  readonly asked: AskedTerms;
}

async function termsIn(c: RequestContext): Promise<SentTerms> {
  if (isForm(c)) {
    const { client_id: clientId, expires_in, uses, ...said } = await readForm(c, inviteForm);
    const expiresIn = expires_in === undefined ? undefined : Number(expires_in);
    return { clientId, asked: { expiresIn, uses: uses ? Number(uses) : undefined, ...said } };
  }
  const { expires_in: expiresIn, ...said } = (await readOptionalJson(c, terms)) ?? {};
  return { asked: { expiresIn, ...said } };
}

/** The list of a chat's invites, and ending one of them. */
function addManaging(routes: Hono<Env>, deps: Deps): void {
  const { useCases } = deps;
  const inviteIn = (c: RequestContext) => ({
    chatId: chatIdIn(c.req.param('id') ?? ''),
    handle: c.req.param('invite_id') ?? '',
  });

  routes.get('/chat/:id/invites', async (c) => {
    const chatId = chatIdIn(c.req.param('id'));
    if (wantsPage(c)) return c.html(await showInvites(deps, c, { chatId }));
    return c.json({ invites: (await useCases.viewInvites(requireActor(c), chatId)).invites.map(toWireInvite) });
  });

  routes.delete('/chat/:id/invites/:invite_id', async (c) => {
    await useCases.revokeInvite(requireActor(c), inviteIn(c));
    return c.body(null, 204);
  });

  routes.post('/chat/:id/invites/:invite_id/revoke', async (c) => {
    const invite = inviteIn(c);
    await useCases.revokeInvite(requireActor(c), invite);
    return c.redirect(`/chat/${invite.chatId}/invites`, 303);
  });
}

async function showInvites(
  { useCases, pages }: Deps,
  c: RequestContext,
  { chatId, problem }: { readonly chatId: ChatId; readonly problem?: string },
): Promise<string> {
  const actor = requireActor(c);
  const { invites: listed, ...may } = await useCases.viewInvites(actor, chatId);
  const invites = listed.map((one) => ({ ...toWireInvite(one), bringsModerators: bringsModerators(one.invite) }));
  const { chat } = await useCases.viewChat(actor, chatId);
  return pages.invites({
    theme: cookieTheme(c),
    user: actor.user,
    chat,
    invites,
    ...may,
    problem,
    formId: newFormId(),
  });
}
