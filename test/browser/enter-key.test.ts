import { expect, test } from 'vitest';
import { type KeyPress, sendsMessage } from '../../src/adapters/browser/composer/enter-key.ts';

const press = (change: Partial<KeyPress> = {}): KeyPress => ({
  key: 'Enter',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 13,
  ...change,
});

test('Enter sends where there is a keyboard', () => {
  expect(sendsMessage(press(), 'fine')).toBe(true);
});

test('Shift+Enter breaks the line', () => {
  expect(sendsMessage(press({ shiftKey: true }), 'fine')).toBe(false);
});

test('Enter breaks the line on a touch screen', () => {
  expect(sendsMessage(press(), 'coarse')).toBe(false);
});

test('Enter with Control or Command sends everywhere', () => {
  expect(sendsMessage(press({ ctrlKey: true }), 'coarse')).toBe(true);
  expect(sendsMessage(press({ metaKey: true }), 'fine')).toBe(true);
});

test('the Enter that ends a composition never sends, in Safari either', () => {
  expect(sendsMessage(press({ isComposing: true }), 'fine')).toBe(false);
  expect(sendsMessage(press({ keyCode: 229 }), 'fine')).toBe(false);
  expect(sendsMessage(press({ keyCode: 229, ctrlKey: true }), 'fine')).toBe(false);
});

test('other keys do not send', () => {
  expect(sendsMessage(press({ key: 'a', keyCode: 65 }), 'fine')).toBe(false);
});
