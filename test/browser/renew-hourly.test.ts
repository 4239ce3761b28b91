import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renewHourly } from '../../src/adapters/browser/session/renew-hourly.ts';

const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function openPage(answer: () => Promise<unknown> = () => Promise.resolve()) {
  const page = Object.assign(new EventTarget(), { hidden: false });
  let asked = 0;
  renewHourly(page, () => {
    asked += 1;
    return answer();
  });
  const show = (hidden: boolean) => {
    page.hidden = hidden;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  return { show, asked: () => asked };
}

test('a page that is looked at renews its cookie once an hour', () => {
  const { asked } = openPage();
  vi.advanceTimersByTime(60 * MINUTE - 1);
  expect(asked()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(asked()).toBe(1);
  vi.advanceTimersByTime(48 * 60 * MINUTE);
  expect(asked()).toBe(49);
});

test('a hidden page does not prolong a session, and renews as soon as it is seen again', () => {
  const { show, asked } = openPage();
  show(true);
  vi.advanceTimersByTime(5 * 60 * MINUTE);
  expect(asked()).toBe(0);
  show(false);
  expect(asked()).toBe(1);
  show(true);
  show(false);
  expect(asked()).toBe(1);
});

test('a request that fails is made again an hour later', () => {
  const { asked } = openPage(() => Promise.reject(new Error('no connection')));
  vi.advanceTimersByTime(120 * MINUTE);
  expect(asked()).toBe(2);
});
