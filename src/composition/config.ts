import type { BlockList } from 'node:net';
import * as z from 'zod/mini';
import { REGISTRATIONS, type Registration } from '../domain/identity/registration.ts';
import { refuse } from './config-error.ts';
import { type DatabaseUrl, readDatabaseUrl } from './database-url.ts';
import { type FilesConfig, readFiles } from './files.ts';
import { type Limits, readLimits } from './limits.ts';
import { type ListenAddress, readListenAddress } from './listen-address.ts';
import { readSubnets } from './subnets.ts';
import { isSound, redacted, SOUND } from './urls.ts';

export interface Config {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly database: DatabaseUrl;
  readonly files: FilesConfig;
  /** Connects several instances; undefined when there is only one. */
  readonly redisUrl: string | undefined;
  /** The path of the list of deleted accounts; undefined where nothing survives the process. */
  readonly erasuresFile: string | undefined;
  readonly publicOrigin: string | undefined;
  /** Undefined when no proxy is trusted. */
  readonly trustedProxies: BlockList | undefined;
  /** To which the server connects beside public addresses, for push messages; undefined for none. */
  readonly outboundSubnets: BlockList | undefined;
  /** Whether messages show cards of the pages that they link to, which the server visits. */
  readonly linkCards: boolean;
  /** Who may register. The first account of an installation can always be made. */
  readonly registration: Registration;
  /** Undefined when nothing is limited. */
  readonly limits: Limits | undefined;
  readonly logLevel: LogLevel;
  /** Where the metrics are served; undefined when they are not. */
  readonly metricsAddress: ListenAddress | undefined;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** @throws ConfigError */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // Read also when limits are off, so that an invalid value is reported before they are turned on.
  const limits = readLimits(env);
  const database = readDatabaseUrl(env.DATABASE_URL || 'sqlite:database.db');
  const isLimited = read(env, 'RATE_LIMITS', 'on', z.enum(['on', 'off']), 'on or off') === 'on';
  return {
    host: read(env, 'HOST', '127.0.0.1', z.string().check(z.minLength(1), z.regex(/^\S+$/)), 'an address to bind'),
    port: Number(read(env, 'PORT', '1578', z.string().check(z.regex(/^\d{1,5}$/), atMost(65_535)), '0 to 65535')),
    database,
    files: readFiles(env, database),
    erasuresFile: env.ERASURES_FILE || usualErasuresFile(database),
    redisUrl: env.REDIS_URL ? readRedisUrl(env.REDIS_URL) : undefined,
    publicOrigin: env.PUBLIC_ORIGIN ? readOrigin(env.PUBLIC_ORIGIN) : undefined,
    trustedProxies: env.TRUSTED_PROXIES ? readProxies(env.TRUSTED_PROXIES) : undefined,
    outboundSubnets: env.OUTBOUND_SUBNETS ? readOutbound(env.OUTBOUND_SUBNETS) : undefined,
    linkCards: read(env, 'LINK_CARDS', 'on', z.enum(['on', 'off']), 'on or off') === 'on',
    registration: read(env, 'REGISTRATION', 'open', z.enum(REGISTRATIONS), 'open, invite or closed'),
    limits: isLimited ? limits : undefined,
    logLevel: read(env, 'LOG_LEVEL', 'info', z.enum(LOG_LEVELS), LOG_LEVELS.join(', ')),
    metricsAddress: env.METRICS_ADDRESS ? readMetricsAddress(env.METRICS_ADDRESS) : undefined,
  };
}

/** Beside the file of SQLite. A server's database is elsewhere, and a place in it would be restored with it. */
function usualErasuresFile(database: DatabaseUrl): string | undefined {
  if (database.kind === 'sqlite') return `${database.path}-erasures`;
  return database.kind === 'postgres' ? 'erasures.jsonl' : undefined;
}

function read<T>(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  usual: string,
  shape: z.ZodMiniType<T>,
  expected: string,
): T {
  const parsed = shape.safeParse(env[name] || usual);
  return parsed.success ? parsed.data : refuse(name, env[name], expected);
}

function atMost(largest: number) {
  return z.refine<string>((text) => Number(text) <= largest);
}

function readRedisUrl(url: string): string {
  const isRedis = /^rediss?:\/\//.test(url) && URL.canParse(url) && /^(\/\d*)?$/.test(new URL(url).pathname);
  if (!isRedis) return refuse('REDIS_URL', redacted(url), 'redis://HOST:PORT/NUMBER or rediss://…');
  return isSound(url) ? url : refuse('REDIS_URL', redacted(url), SOUND);
}

function readOrigin(text: string): string {
  const expected = 'an origin such as https://chat.example.org';
  if (!URL.canParse(text)) return refuse('PUBLIC_ORIGIN', text, expected);
  const { protocol, origin, href } = new URL(text);
  const isOrigin = (protocol === 'https:' || protocol === 'http:') && href === `${origin}/`;
  return isOrigin ? origin : refuse('PUBLIC_ORIGIN', text, expected);
}

function readMetricsAddress(text: string): ListenAddress {
  return readListenAddress(text) ?? refuse('METRICS_ADDRESS', text, 'an address and a port, such as 127.0.0.1:9464');
}

const SUBNETS = 'addresses and CIDRs with commas between them, such as 127.0.0.1,10.0.0.0/8,fd00::/8';

const readProxies = (text: string): BlockList => readSubnets(text) ?? refuse('TRUSTED_PROXIES', text, SUBNETS);

const readOutbound = (text: string): BlockList => readSubnets(text) ?? refuse('OUTBOUND_SUBNETS', text, SUBNETS);
