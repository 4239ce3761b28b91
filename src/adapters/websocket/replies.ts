import { DomainError } from '../../domain/errors.ts';
import type { Dialect, RefusedRequest } from '../delivery/dialect.ts';
import type { Line } from '../delivery/line.ts';
import type { SocketReporting } from '../delivery/reporting.ts';
import type { TalkingConnection } from './connection.ts';

/** Malformed frames within this time that count as abuse. */
const MAX_BAD_FRAMES = 10;
const BAD_FRAMES_WITHIN_MS = 60_000;

/** What one socket is answered by itself, apart from what it follows. */
export class Replies {
  readonly #connection: TalkingConnection;
  readonly #line: Line;
  readonly #dialect: Dialect;
  readonly #reporting: SocketReporting;
  #badFrames = 0;
  #badSince = 0;

  constructor(of: {
    readonly connection: TalkingConnection;
    readonly line: Line;
    readonly dialect: Dialect;
    readonly reporting: SocketReporting;
  }) {
    this.#connection = of.connection;
    this.#line = of.line;
    this.#dialect = of.dialect;
    this.#reporting = of.reporting;
  }

  /** Gives a sign of life. */
  alive(): void {
    this.#line.write(this.#dialect.alive);
  }

  refuse(refusal: DomainError, request: RefusedRequest): void {
    this.#reporting.refused(refusal.code);
    this.#line.write(this.#dialect.refused(refusal, request));
  }

  /** Refuses a malformed frame. Too many of them close the socket. */
  refuseMalformed(why: string, request: RefusedRequest): void {
    this.refuse(new DomainError('bad_request', why), request);
    const now = performance.now();
    if (now - this.#badSince > BAD_FRAMES_WITHIN_MS) {
      this.#badSince = now;
      this.#badFrames = 0;
    }
    this.#badFrames += 1;
    if (this.#badFrames >= MAX_BAD_FRAMES) this.#connection.giveUp('too many bad frames');
  }
}
