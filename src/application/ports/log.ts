/** Where adapters report what no caller is told, for whoever runs the server. Never a secret, nor what somebody wrote. */
export interface Log {
  info(details: LogDetails, message: string): void;
  warn(details: LogDetails, message: string): void;
  error(details: LogDetails, message: string): void;
}

export interface LogDetails {
  /** What happened, in snake_case; `docs/operations.md` lists every name there is. */
  readonly event: string;
  /** Whom it concerns by network address: an address can cause only so many lines. */
  readonly address?: string | undefined;
  /** What was thrown. Of its message only so much is written as cannot quote what somebody sent. */
  readonly err?: unknown;
  readonly [detail: string]: unknown;
}
