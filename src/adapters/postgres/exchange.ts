import type pg from 'pg';
import { typeParser } from './settings.ts';

/** What the server said to one statement: the rows, and the word by which it names what it did. */
export interface Answer<Row = unknown> {
  readonly rows: readonly Row[];
  readonly command: string;
}

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

interface Statement {
  readonly name: string;
  isPrepared: boolean;
  columns: readonly Column[];
}

/** The statements that one connection has parsed and planned, by their text. */
export class Prepared {
  readonly #statements = new Map<string, Statement>();
  #count = 0;

  of(text: string): Statement {
    const known = this.#statements.get(text);
    if (known) return known;
    this.#count += 1;
    const [word = ''] = text.trim().split(/\s/, 1);
    const statement = { name: `${word}-${this.#count}`, isPrepared: false, columns: [] };
    this.#statements.set(text, statement);
    return statement;
  }

  /** Nobody knows whether it got as far as to be prepared: the next time it has another name. */
  forget(text: string): void {
    this.#statements.delete(text);
  }
}

interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly statement: Statement;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

type RowDescription = { readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[] };

/**
 * Statements that leave in one write, behind which the server is asked for its answers once: they come back together too, so
 * that both sides wake up once and not for each statement. What fails takes with it what comes after.
 */
export class Exchange implements pg.Submittable {
  /** Called when all is over; the driver puts its own in this place, to stop its clock. */
  callback: (error?: unknown) => void = () => undefined;
  readonly #prepared: Prepared;
  readonly #asked: Asked[] = [];
  readonly #answers: Answer[] = [];
  #rows: unknown[] = [];

  constructor(prepared: Prepared) {
    this.#prepared = prepared;
  }

  ask(text: string, values: readonly unknown[]): Promise<Answer> {
    const statement = this.#prepared.of(text);
    return new Promise((resolve, reject) => {
      this.#asked.push({ text, values, statement, resolve, reject });
    });
  }

  submit(connection: pg.Connection): void {
    const begun = new Set<Statement>();
    connection.stream.cork();
    for (const { text, values, statement } of this.#asked) {
      const isNew = !statement.isPrepared && !begun.has(statement);
      if (isNew) connection.parse({ text, name: statement.name, types: [] }, true);
      connection.bind({ statement: statement.name, values: values.map(toText) }, true);
      if (isNew) connection.describe({ type: 'P' }, true);
      connection.execute({}, true);
      begun.add(statement);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleRowDescription({ fields }: RowDescription): void {
    const statement = this.#asked[this.#answers.length]?.statement;
    if (statement) statement.columns = fields.map(({ name, dataTypeID }) => ({ name, parse: typeParser(dataTypeID) }));
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const { columns = [] } = this.#asked[this.#answers.length]?.statement ?? {};
    const values = columns.map(({ name, parse }, index) => [name, fromText(fields[index], parse)]);
    this.#rows.push(Object.fromEntries(values));
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    const statement = this.#asked[this.#answers.length]?.statement;
    if (statement) statement.isPrepared = true;
    this.#answers.push({ rows: this.#rows, command: text.split(' ', 1)[0] ?? '' });
    this.#rows = [];
  }

  handleReadyForQuery(): void {
    this.#finish();
    this.callback();
  }

  handleError(error: unknown): void {
    this.#finish(error);
    this.callback(error);
  }

  /** What came before the error stands. */
  #finish(error: unknown = undefined): void {
    for (const [index, { text, statement, resolve, reject }] of this.#asked.splice(0).entries()) {
      const answer = this.#answers[index];
      if (answer) resolve(answer);
      else {
        if (!statement.isPrepared) this.#prepared.forget(text);
        reject(error ?? new Error('The server gave no answer.'));
      }
    }
  }
}

/** As PostgreSQL reads it. */
function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (!Array.isArray(value)) return String(value);
  return `{${value.map((element) => (typeof element === 'string' ? quoted(element) : (toText(element) ?? 'NULL'))).join()}}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function fromText(text: string | null | undefined, parse: (text: string) => unknown): unknown {
  return text === null || text === undefined ? null : parse(text);
}
