/** Reports to the operator what no caller is told. Never log a secret, or a text that a user wrote. */
export interface Log {
  info(details: LogDetails, message: string): void;
  warn(details: LogDetails, message: string): void;
  error(details: LogDetails, message: string): void;
}

export interface LogDetails {
  /** What happened, in snake_case. `docs/operations.md` lists all events. */
  readonly event: string;
  /** The network address that caused it. The number of lines per address is limited. */
  readonly address?: string | undefined;
  /** What was thrown. Its message is cut before anything that may quote input. */
  readonly err?: unknown;
  readonly [detail: string]: unknown;
}
