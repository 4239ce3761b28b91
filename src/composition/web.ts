import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { makeHttpApp } from '../adapters/http/app.ts';
import { Connections } from '../adapters/http/connections/connections.ts';
import { maxConnections } from '../adapters/http/connections/descriptors.ts';
import type { Env } from '../adapters/http/env.ts';
import { loadAssets } from '../adapters/http/pages/assets.ts';
import { makePages } from '../adapters/http/pages/pages.ts';
import { openTemplates } from '../adapters/http/pages/templates.ts';
import type { Config } from './config.ts';
import type { Get } from './container.ts';
import { fileRules } from './files.ts';
import { type Followers, makeFollowers } from './followers.ts';
import { CLOCK, LOG, MEASUREMENTS, PUSH_KEYS, STORAGE, TIMER, USE_CASES } from './tokens.ts';

const ROOT = new URL('../../', import.meta.url);

let release: ReturnType<typeof openRelease> | undefined;

/** The files of the release that pages are made of. All apps of a process share them. */
function openRelease() {
  return {
    assets: loadAssets(fileURLToPath(new URL('static/built', ROOT))),
    templates: openTemplates(fileURLToPath(new URL('templates', ROOT))),
  };
}

/** All that a client can reach: pages, requests, sockets and event streams. */
export interface Web {
  readonly http: Hono<Env>;
  readonly followers: Followers;
  readonly connections: Connections;
}

export function makeWeb(get: Get, config: Config, stopping: AbortSignal): Web {
  const { limits, publicOrigin, trustedProxies } = config;
  const { installation } = get(STORAGE);
  const shared = { useCases: get(USE_CASES), installation, log: get(LOG), measurements: get(MEASUREMENTS) };
  const followers = makeFollowers({ ...shared, limits, timer: get(TIMER) });
  const connections = new Connections({
    max: maxConnections(),
    caps: limits?.connections,
    trustedProxies,
    log: shared.log,
  });
  release ??= openRelease();
  const { assets, templates } = release;
  const http = makeHttpApp({
    ...shared,
    pages: makePages({ templates, assets, installation, now: () => get(CLOCK).now() }),
    assets,
    acceptSocket: followers.acceptSocket,
    acceptUserSocket: followers.acceptUserSocket,
    acceptStream(c, admitted) {
      const body = followers.acceptStream(c, admitted);
      connections.streaming(c.env.outgoing);
      return body;
    },
    maxRequestsPerClient: limits?.connections.connectionsPerAddress,
    publicOrigin,
    trustedProxies,
    pushKey: get(PUSH_KEYS).publicKey,
    isStopping: () => stopping.aborted,
    fileRules: fileRules(config.files),
  });
  return { http, followers, connections };
}
