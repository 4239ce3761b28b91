import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from './sources.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Pages, routes, sockets and the client; templates run in all of them. */
const OUTSIDE = /^(?:templates|src\/adapters\/(?:http|wire|browser|websocket|event-stream|delivery))\//;

/** A role that is compared with something. */
const DECISION = /\brole\s*[!=]==|[!=]==\s*(?:\w+\.)*role\b|\bswitch \((?:\w+\.)*role\)/;

type Text = Pick<Source, 'path' | 'text'>;

/** What a role may do is for `domain/chats/permissions.ts` alone: all others are told what they may. */
export function decisionsByRole(sources: readonly Text[]): readonly string[] {
  return sources
    .filter(({ path, text }) => OUTSIDE.test(path) && DECISION.test(text))
    .map(({ path }) => `${path} decides by role`);
}

export function readTemplates(): readonly Text[] {
  return readdirSync(join(ROOT, 'templates'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.eta'))
    .map((name) => ({ path: `templates/${name}`, text: readFileSync(join(ROOT, 'templates', name), 'utf8') }));
}
