import type { Store } from '../../application/ports/store.ts';
import type { ChatId } from '../../domain/ids.ts';

/** A unit of work that waits for its transaction. */
export interface Unit {
  readonly work: (store: Store) => Promise<unknown>;
  /** The chat that it keeps to; such units can be carried out side by side. */
  readonly within: ChatId | undefined;
  readonly since: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What a transaction has done, and is yet to be committed. */
export interface Carried {
  /** To be called once it is. */
  readonly settle: readonly (() => void)[];
  /** Units of which it holds nothing, and which go into one of the next. */
  readonly left: readonly Unit[];
}

/** As many of the first units as can be carried out in one way: side by side, or one after another. */
export function firstOfAKind(units: readonly Unit[], most: number): readonly Unit[] {
  const [first] = units;
  const other = units.findIndex(({ within }) => (within === undefined) !== (first?.within === undefined));
  return units.slice(0, Math.min(most, other === -1 ? units.length : other));
}

/** To be carried out after those before it, and not beside them. */
export const inTurn = (unit: Unit): Unit => ({ ...unit, within: undefined });
