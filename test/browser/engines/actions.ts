import type { Point } from './tab.ts';

/** Input as WebDriver writes it, both the classic and the bidirectional one. */
export type InputSource = Readonly<Record<string, unknown>>;

const KEYS: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  ArrowUp: '\uE013',
  ArrowDown: '\uE015',
};

export function dragging(from: Point, to: Point): readonly InputSource[] {
  const move = ({ x, y }: Point) => ({ type: 'pointerMove', x, y, duration: 0, origin: 'viewport' });
  const steps = [move(from), { type: 'pointerDown', button: 0 }, move(to), { type: 'pointerUp', button: 0 }];
  return [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: steps }];
}

export function typing(text: string): readonly InputSource[] {
  return keyboard([...text].flatMap((value) => [down(value), up(value)]));
}

export function pressing(keys: string): readonly InputSource[] {
  const values = keys.split('+').map((name) => KEYS[name] ?? name);
  return keyboard([...values.map(down), ...values.toReversed().map(up)]);
}

const keyboard = (actions: readonly object[]) => [{ type: 'key', id: 'keyboard', actions }];
const down = (value: string) => ({ type: 'keyDown', value });
const up = (value: string) => ({ type: 'keyUp', value });
