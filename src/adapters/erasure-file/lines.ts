import type { Erasure } from '../../domain/identity/erasure.ts';
import { WORDS_CHOICES } from '../../domain/identity/erasure.ts';
import { userId } from '../../domain/ids.ts';
import type { InstallationId } from '../../domain/installation.ts';

interface Line {
  readonly installation: string;
  readonly erasure: Erasure;
}

/** `{"installation":"…","user":7,"words":"erase","at":1764500000000}` and a line feed. */
export function lineOf(installation: InstallationId, { userId: user, words, at }: Erasure): string {
  return `${JSON.stringify({ installation, user, words, at })}\n`;
}

/** The lines that can be read: a power failure may have cut one off, and a newer release may write others. */
export const readLines = (text: string): readonly Line[] => text.split('\n').flatMap((line) => readLine(line) ?? []);

function readLine(line: string): Line | undefined {
  const read = parsed(line);
  if (typeof read !== 'object' || read === null) return undefined;
  const [installation, user, at] = ['installation', 'user', 'at'].map((name): unknown => Reflect.get(read, name));
  const words = WORDS_CHOICES.find((choice) => choice === Reflect.get(read, 'words'));
  if (typeof installation !== 'string' || words === undefined) return undefined;
  if (!Number.isSafeInteger(user) || !Number.isSafeInteger(at)) return undefined;
  return { installation, erasure: { userId: userId(Number(user)), words, at: Number(at) } };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
