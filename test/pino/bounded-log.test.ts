import { describe, expect, it } from 'vitest';
import { boundLog } from '../../src/adapters/pino/bounded-log.ts';
import { manualTimer, recordingLog } from '../fakes.ts';

function aBoundLog() {
  const [log, timer] = [recordingLog(), manualTimer()];
  const bound = boundLog(log, timer);
  const refuse = (address: string, code = 'forbidden') =>
    bound.warn({ event: 'request_refused', code, address }, 'refused');
  const written = (event = 'request_refused') => log.entries.filter(({ details }) => details.event === event);
  return { log, timer, bound, refuse, written };
}

describe('the log under attack', () => {
  it('has thirty lines a minute of one kind for one address, and then a line that says how many there were more', () => {
    const { timer, refuse, written } = aBoundLog();
    for (let n = 0; n < 1_000; n += 1) refuse('192.0.2.1');
    for (let n = 0; n < 40; n += 1) refuse('192.0.2.1', 'rate_limited');
    refuse('192.0.2.2');
    expect(written()).toHaveLength(30 + 30 + 1);
    expect(written('lines_withheld')).toEqual([]);

    timer.advance(60_000);
    expect(written('lines_withheld').map(({ details }) => details)).toEqual([
      {
        event: 'lines_withheld',
        lines: 980,
        kinds: { 'request_refused:forbidden': 970, 'request_refused:rate_limited': 10 },
      },
    ]);
    refuse('192.0.2.1');
    expect(written()).toHaveLength(62);
  });

  it('has a thousand a minute for all addresses together', () => {
    const { timer, refuse, written } = aBoundLog();
    for (let n = 0; n < 5_000; n += 1) refuse(`2001:db8:0:${n.toString(16)}::1`);
    expect(written()).toHaveLength(1_000);
    timer.advance(60_000);
    expect(written('lines_withheld')[0]?.details).toMatchObject({ lines: 4_000 });
  });

  it('does not cut a minute short to tell of the one before', () => {
    const { timer, refuse, written } = aBoundLog();
    const refuseOften = () => {
      for (let n = 0; n < 40; n += 1) refuse('192.0.2.1');
    };
    refuse('192.0.2.1');
    timer.advance(30_000);
    refuseOften();
    timer.advance(30_000);
    refuseOften();
    timer.advance(30_000);
    refuseOften();
    expect(written()).toHaveLength(30 + 30);
    expect(written('lines_withheld').map(({ details }) => details.lines)).toEqual([11]);
    timer.advance(30_000);
    expect(written('lines_withheld').map(({ details }) => details.lines)).toEqual([11, 50]);
  });

  it('begins a new minute without being told', () => {
    const { timer, refuse, written } = aBoundLog();
    for (let n = 0; n < 30; n += 1) refuse('192.0.2.1');
    timer.advance(60_000);
    for (let n = 0; n < 31; n += 1) refuse('192.0.2.1');
    expect(written()).toHaveLength(60);
    expect(written('lines_withheld')).toEqual([]);
  });

  it('bounds errors that name nobody, and nothing that is the server’s own doing', () => {
    const { bound, written } = aBoundLog();
    for (let n = 0; n < 100; n += 1) {
      bound.error({ event: 'feed_failed' }, 'a bug');
      bound.info({ event: 'user_renamed' }, 'an upgrade');
    }
    expect(written('feed_failed')).toHaveLength(30);
    expect(written('user_renamed')).toHaveLength(100);
  });
});
