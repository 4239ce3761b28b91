import type { DialectName } from './dialects.ts';

export interface Served {
  readonly pid: number;
  readonly port: number;
}

/** A running server, and the chats that were made in it. */
export interface Target extends Served {
  /** Further instances of the same installation: sockets take all of them in turn. */
  readonly peers?: readonly Served[];
  /** What works for the server in processes of its own, a database for example, each with its children. */
  readonly beneath?: readonly number[];
  readonly dialect: DialectName;
  readonly chats: readonly ChatTarget[];
}

export interface ChatTarget {
  readonly path: string;
  /** Where one connects who was there before and wants to miss nothing. */
  readonly resumePath: string;
  /** One block of request headers per member; sockets take them in turn. */
  readonly members: readonly string[];
}

export interface FanoutTask {
  readonly kind: 'fanout';
  readonly target: Target;
  /** Sockets per chat, those that post among them. */
  readonly followers: number;
  /** Sockets per chat that post. */
  readonly senders: number;
  readonly load: ClosedLoop | OpenLoop;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** Each sender keeps `window` posts unacknowledged. */
export interface ClosedLoop {
  readonly loop: 'closed';
  readonly window: number;
}

/** Posts leave by the clock whatever the server does, and latency counts from when they were due. */
export interface OpenLoop {
  readonly loop: 'open';
  readonly deliveriesPerSecond: number;
}

export interface FanoutResult {
  readonly deliveriesPerSecond: number;
  readonly deliveriesPerCpuSecond: number;
  readonly serverCpu: number;
  readonly generatorCpu: number;
  readonly p50: number;
  readonly p99: number;
  readonly posts: number;
  readonly deliveries: number;
  readonly missing: number;
  readonly duplicates: number;
  readonly disordered: number;
  /** What each chat's followers saw, in chat order, to compare with what is stored. */
  readonly seen: readonly ChatDigest[];
  readonly problems: readonly string[];
  readonly across: Across;
}

/** What there is to know of several processes that serve together. */
export interface Across {
  readonly beneathCpu: number;
  /** On the CPU of the servers and of all that is beneath them. */
  readonly deliveriesPerCpuSecondInAll: number;
  /** Over deliveries at another instance than the one that was posted to; 0 where there is no other. */
  readonly crossingP50: number;
  readonly crossingP99: number;
}

export interface ChatDigest {
  readonly messages: number;
  readonly digest: number;
}

export interface IdleTask {
  readonly kind: 'idle';
  readonly target: Target;
  readonly sockets: number;
}

export interface IdleResult {
  readonly bytesPerSocket: number;
}

export interface StormTask {
  readonly kind: 'storm';
  readonly target: Target;
  readonly sockets: number;
  readonly storms: number;
}

export interface StormResult {
  readonly loginsPerSecond: readonly number[];
  readonly loginsPerCpuSecond: readonly number[];
  /** With all sockets connected and garbage collected, after each storm. */
  readonly rss: readonly number[];
}

/** A GET request: its path, and header lines. */
export interface PageRequest {
  readonly path: string;
  readonly headers: string;
}

export interface PagesTask {
  readonly kind: 'pages';
  readonly pid: number;
  readonly port: number;
  readonly requests: readonly PageRequest[];
  readonly connections: number;
  /** A shorter answer is a failure. */
  readonly minimumBytes: number;
  readonly until: RoundAndRound | EachOnce;
}

/** The requests again and again. */
export interface RoundAndRound {
  readonly order: 'round and round';
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** Every request once, so that no answer is prepared; the first ones warm up the code. */
export interface EachOnce {
  readonly order: 'each once';
  readonly warmUpRequests: number;
}

export interface PagesResult {
  readonly pagesPerSecond: number;
  readonly pagesPerCpuSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly bytes: number;
}

/** Posts and page requests one at a time, in turn, to two servers that differ in what they have stored. */
export interface SerialTask {
  readonly kind: 'serial';
  readonly servers: readonly SerialTarget[];
  readonly repetitions: number;
}

export interface SerialTarget {
  readonly target: Target;
  readonly page: PageRequest;
}

/** In the order of the task's servers; times are medians, in milliseconds. */
export interface SerialResult {
  readonly servers: readonly {
    readonly post: number;
    readonly page: number;
    /** Of the server, for one post and one page. */
    readonly cpu: number;
  }[];
}

export interface Outcomes {
  readonly fanout: FanoutResult;
  readonly idle: IdleResult;
  readonly storm: StormResult;
  readonly pages: PagesResult;
  readonly serial: SerialResult;
}

export type Task = FanoutTask | IdleTask | StormTask | PagesTask | SerialTask;
