import type pg from 'pg';
import { typeParser } from './settings.ts';

/** The result of one statement: the rows, and the server's word for the command. */
export interface StatementResult<Row = unknown> {
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

/** The statements that one connection has prepared, by their text. */
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

  /** It is unknown whether the statement was prepared, so the next time it gets another name. */
  forget(text: string): void {
    this.#statements.delete(text);
  }
}

interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly statement: Statement;
  readonly resolve: (answer: StatementResult) => void;
  readonly reject: (error: unknown) => void;
}

type RowDescription = { readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[] };

/**
 * A pipeline of statements in one write with one `Sync` at its end. The answers come back in one write too, so that both sides
 * wake up once instead of once per statement, as with the driver's own pipeline. When a statement fails, the server skips those
 * behind it.
 */
export class Exchange implements pg.Submittable {
  /** Called at the end. The driver replaces it by its own, which stops its time-out. */
  callback: (error?: unknown) => void = () => undefined;
  readonly #prepared: Prepared;
  readonly #asked: Asked[] = [];
  readonly #results: StatementResult[] = [];
  #rows: unknown[] = [];

  constructor(prepared: Prepared) {
    this.#prepared = prepared;
  }

  ask(text: string, values: readonly unknown[]): Promise<StatementResult> {
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
    const statement = this.#asked[this.#results.length]?.statement;
    if (statement) statement.columns = fields.map(({ name, dataTypeID }) => ({ name, parse: typeParser(dataTypeID) }));
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const { columns = [] } = this.#asked[this.#results.length]?.statement ?? {};
    const values = columns.map(({ name, parse }, index) => [name, fromText(fields[index], parse)]);
    this.#rows.push(Object.fromEntries(values));
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    const statement = this.#asked[this.#results.length]?.statement;
    if (statement) statement.isPrepared = true;
    this.#results.push({ rows: this.#rows, command: text.split(' ', 1)[0] ?? '' });
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

  /** Statements before the error keep their results. */
  #finish(error: unknown = undefined): void {
    for (const [index, { text, statement, resolve, reject }] of this.#asked.splice(0).entries()) {
      const result = this.#results[index];
      if (result) resolve(result);
      else {
        if (!statement.isPrepared) this.#prepared.forget(text);
        reject(error ?? new Error('The server did not answer.'));
      }
    }
  }
}

/** The value in PostgreSQL's text format. */
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
