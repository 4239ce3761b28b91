import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openErasureFile } from '../../src/adapters/erasure-file/erasure-list.ts';
import { installationId } from '../../src/domain/installation.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { anErasureOf, erasureListContract } from './erasure-list-contract.ts';

const directory = scratchDirectory('shoal-erasures-');
afterAll(() => rmSync(directory, { recursive: true }));

let made = 0;
const aPath = () => join(directory, `${made++}`);
const OURS = installationId('ours');

erasureListContract('a file', () => openErasureFile(aPath(), OURS));

describe('the file of erasures', () => {
  it('ER-5: has ids and choices, no words and no names, and only its owner may read it', async () => {
    const path = aPath();
    await openErasureFile(path, OURS).append([anErasureOf(7)]);
    expect(readFileSync(path, 'utf8')).toBe('{"installation":"ours","user":7,"words":"erase","at":1736942400000}\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('passes over a line that a power failure cut off, and over those of other installations', async () => {
    const path = aPath();
    const list = openErasureFile(path, OURS);
    await list.append([anErasureOf(7)]);
    appendFileSync(path, '{"installation":"ours","us');
    await openErasureFile(path, installationId('theirs')).append([anErasureOf(9)]);
    await list.append([anErasureOf(8)]);
    expect((await list.read()).map(({ userId }) => userId)).toEqual([7, 8]);
  });

  it('is unavailable where it cannot be written', async () => {
    const path = aPath();
    mkdirSync(path);
    const list = openErasureFile(path, OURS);
    await expect(list.assertWritable()).rejects.toMatchObject({ code: 'unavailable' });
    await expect(list.append([anErasureOf(7)])).rejects.toMatchObject({ code: 'unavailable' });
  });
});
