import type { ConnectionCaps } from '../adapters/http/connections/connections.ts';
import type { Rates } from '../adapters/rate-limiter/rate-limits.ts';
import type { BudgetName } from '../application/ports/budgets.ts';
import type { Rate } from '../application/ports/rate-limits.ts';
import type { DelayCaps } from '../application/use-cases/identity/guess-delays.ts';
import { refuse } from './config-error.ts';

export interface Limits {
  readonly rates: Rates;
  /** Budgets of one user. */
  readonly budgets: Readonly<Record<BudgetName, Pick<Rate, 'count' | 'withinMs'>>>;
  readonly delayedSignIns: DelayCaps;
  readonly socketsPerUser: number;
  readonly socketsPerAddress: number;
  /** Chats that one socket follows at the same time. */
  readonly followedChats: number;
  readonly connections: ConnectionCaps;
  /** Maximum invites of one chat that have not expired. */
  readonly liveInvites: number;
}

const MIB = 1024 * 1024;

type Env = Readonly<Record<string, string | undefined>>;

const readRates = (env: Env): Rates => ({
  sign_in_failures: rate(env, 'LIMIT_SIGN_IN_FAILURES', '5/15m', 'together'),
  sign_in_failures_of_address: rate(env, 'LIMIT_SIGN_IN_FAILURES_PER_ADDRESS', '50/15m', 'together'),
  sign_in_failures_of_network: rate(env, 'LIMIT_SIGN_IN_FAILURES_PER_NETWORK', '10/15m', 'together'),
  sign_in_failures_of_name: rate(env, 'LIMIT_SIGN_IN_FAILURES_PER_NAME', '30/15m', 'together'),
  registrations: rate(env, 'LIMIT_REGISTRATIONS', '10/10m', 'evenly'),
  wrong_codes: rate(env, 'LIMIT_WRONG_CODES', '10/1h', 'together'),
  passkey_challenges: rate(env, 'LIMIT_PASSKEY_CHALLENGES', '60/10m', 'evenly'),
  new_chats: rate(env, 'LIMIT_NEW_CHATS', '10/10m', 'evenly'),
  new_invites: rate(env, 'LIMIT_NEW_INVITES', '10/10m', 'evenly'),
  renames: rate(env, 'LIMIT_RENAMES', '10/24h', 'evenly'),
  pictures: rate(env, 'LIMIT_PICTURES', '20/1h', 'evenly'),
  uploads: rate(env, 'LIMIT_UPLOADS', '100/10m', 'evenly'),
  link_cards_of_user: rate(env, 'LIMIT_LINK_CARDS_PER_USER', '20/10m', 'evenly'),
  link_cards_of_chat: rate(env, 'LIMIT_LINK_CARDS_PER_CHAT', '60/10m', 'evenly'),
  exports: rate(env, 'LIMIT_EXPORTS', '5/24h', 'evenly'),
});

/** @throws ConfigError */
export function readLimits(env: Env): Limits {
  return {
    rates: readRates(env),
    budgets: {
      writes: rate(env, 'LIMIT_WRITES', '30/6s', 'evenly'),
      reads: rate(env, 'LIMIT_READS', '200/10s', 'evenly'),
      signals: rate(env, 'LIMIT_SIGNALS', '60/6s', 'evenly'),
      typing: rate(env, 'LIMIT_TYPING', '30/6s', 'evenly'),
      presence: rate(env, 'LIMIT_PRESENCE', '60/60s', 'evenly'),
      stored_bytes: { count: bytes(env, 'LIMIT_STORED_BYTES_PER_DAY', '50000000'), withinMs: 24 * 3_600_000 },
    },
    delayedSignIns: {
      ofNetwork: maximum(env, 'LIMIT_DELAYED_SIGN_INS_PER_NETWORK', '2'),
      inAll: maximum(env, 'LIMIT_DELAYED_SIGN_INS', '100'),
    },
    socketsPerUser: maximum(env, 'LIMIT_SOCKETS_PER_USER', '10'),
    socketsPerAddress: maximum(env, 'LIMIT_SOCKETS_PER_ADDRESS', '300'),
    followedChats: maximum(env, 'LIMIT_FOLLOWED_CHATS', '100'),
    connections: {
      connectionsPerAddress: maximum(env, 'LIMIT_CONNECTIONS_PER_ADDRESS', '100'),
      unsentBytesPerAddress: MIB * maximum(env, 'LIMIT_UNSENT_MIB_PER_ADDRESS', '32'),
      unsentBytes: MIB * maximum(env, 'LIMIT_UNSENT_MIB', '128'),
    },
    liveInvites: maximum(env, 'LIMIT_LIVE_INVITES', '50'),
  };
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

function rate(env: Env, name: string, usual: string, refill: Rate['refill']): Rate {
  const [, count, time, unit = ''] = /^([1-9]\d{0,5})\/([1-9]\d{0,3})([smh])$/.exec(env[name] || usual) ?? [];
  const withinMs = Number(time) * (UNITS_MS[unit] ?? 0);
  if (count === undefined) return refuse(name, env[name], 'a number, a slash and a time in s, m or h, such as 5/15m');
  return { count: Number(count), withinMs, refill };
}

function maximum(env: Env, name: string, usual: string): number {
  const text = env[name] || usual;
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : refuse(name, env[name], 'a number from 1 to 999999');
}

function bytes(env: Env, name: string, usual: string): number {
  const text = env[name] || usual;
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : refuse(name, env[name], 'a number of bytes, such as 50000000');
}
