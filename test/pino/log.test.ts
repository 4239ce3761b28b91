import { expect, it } from 'vitest';
import { makePinoLog } from '../../src/adapters/pino/log.ts';

it('LG-2: what is logged is one line of JSON, whatever is in a name', () => {
  const written: string[] = [];
  const log = makePinoLog({ level: 'info', to: { write: (line) => written.push(line) } });
  const name = 'eve\r\n{"event":"forged"}\u2028\u001b[31m';
  log.warn({ event: 'sign_in_failed', user: { id: 7, name } }, 'a sign-in failed');
  expect(written).toHaveLength(1);
  expect(written[0]).toMatch(/^\P{Cc}+\n$/u);
  expect(JSON.parse(written[0] ?? '')).toMatchObject({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    event: 'sign_in_failed',
    user: { id: 7, name },
    msg: 'a sign-in failed',
  });
});
