import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Erasure } from '../../../domain/identity/erasure.ts';
import { type InstallationId, installationId } from '../../../domain/installation.ts';

export interface StoredErasures {
  readonly installation: InstallationId;
  readonly erasures: readonly Erasure[];
}

/** The deleted accounts that a database knows; undefined where there is no database, or none of this release. */
export function storedErasures(path: string): StoredErasures | undefined {
  // To open a pipe would wait for who writes into it.
  if (!existsSync(path) || !statSync(path).isFile()) return undefined;
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const hasTable = database.prepare("select 1 from sqlite_schema where name = 'erasures'").get() !== undefined;
    const id = hasTable ? database.prepare<[], string>('select id from installation').pluck().get() : undefined;
    if (id === undefined) return undefined;
    const rows = database.prepare<[], Erasure>('select user_id as userId, words, erased_at as at from erasures');
    return { installation: installationId(id), erasures: rows.all() };
  } finally {
    database.close();
  }
}
