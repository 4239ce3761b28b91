import type { DialectName } from '../load/dialects.ts';
import type { Target } from '../load/tasks.ts';
import type { ServerProcess } from '../processes/server-process.ts';

/** A chat server that the benchmark knows how to start and to prepare. */
export interface Contender {
  readonly name: DialectName;
  start(options: StartOptions): Promise<Started>;
}

export interface StartOptions {
  /** How many chats to make. */
  readonly chats: number;
  readonly nodeFlags?: readonly string[];
}

export interface Started {
  readonly server: ServerProcess;
  readonly target: Target;
  /** Ends the server; answers where its database is, if it has one, which stays until the next start. */
  stop(): Promise<{ readonly database?: string }>;
}
