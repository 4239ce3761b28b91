import { connect, isIPv6 } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWebPages } from '../../src/adapters/web-pages/web-pages.ts';
import { makePushSender } from '../../src/adapters/web-push/sender.ts';
import { makePushKeys } from '../../src/adapters/web-push/vapid.ts';
import { NOW } from '../builders.ts';
import { Canary, siteGuard, TestSite } from '../web-pages/loopback.ts';
import { pushTo } from '../web-push/loopback-sender.ts';
import { TestPushService } from '../web-push/push-service.ts';
import { FORBIDDEN, FORBIDDEN_NAMES } from './spellings.ts';

let canary: Canary;
let site: TestSite;
let service: TestPushService;
beforeAll(async () => {
  canary = await Canary.start();
  site = await TestSite.start();
  service = await new TestPushService().start();
});
afterAll(async () => {
  canary.close();
  await site.close();
  await service.close();
});

const resolve = async (name: string) =>
  (FORBIDDEN_NAMES[name] ?? []).map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));

/** The real rules for addresses. Only the port of the canary counts as a usual one, so that it is the address that is refused. */
const guard = () => {
  const ports = [String(canary.port)];
  return siteGuard({ resolve, ports: { 'http:': ports, 'https:': ports } });
};

const HOSTS = [...FORBIDDEN, ...Object.keys(FORBIDDEN_NAMES)];

/** The ways on which a member can make the server connect. Webhooks, when there are any, belong here. */
const WAYS: Readonly<Record<string, (target: string) => Promise<unknown>>> = {
  direct: (target) => makeWebPages(guard()).visit(target),
  redirect: (target) => makeWebPages(guard()).visit(site.redirect('/away', target)),
  'redirect after a redirect': (target) => {
    site.redirect('/away', target);
    return makeWebPages(guard()).visit(site.redirect('/first', '/away'));
  },
  'og:image': (target) =>
    makeWebPages(guard()).visit(
      site.page('/page', `<title>Page</title><meta property="og:image" content="${target}">`),
    ),
  'a redirect of the image': (target) => {
    site.redirect('/image.png', target);
    const html = '<title>Page</title><meta property="og:image" content="/image.png">';
    return makeWebPages(guard()).visit(site.page('/page', html));
  },
  'push endpoint': async (target) => {
    const subscription = service.subscribe();
    const sender = makePushSender({ keys: makePushKeys(), guard: guard(), clock: { now: () => NOW } });
    return sender.send(pushTo({ ...subscription, endpoint: target }));
  },
};

const REFUSED: readonly unknown[] = ['none', 'refused', { title: 'Page', description: '', site: '', image: undefined }];

it.each(Object.keys(WAYS))('LC-1: connects to no address that is not public, by %s', async (way) => {
  for (const host of HOSTS)
    for (const scheme of ['http', 'https']) {
      const target = `${scheme}://${host}:${canary.port}/`;
      expect([target, REFUSED]).toEqual([target, expect.arrayContaining([await WAYS[way]?.(target)])]);
    }
  expect(canary.connections).toBe(0);
});

it('LC-1: connects to the address that was checked, whatever the name has later', async () => {
  const answers = [['127.0.0.2'], ['127.0.0.1']];
  const asked: string[] = [];
  const changing = async (name: string) => {
    asked.push(name);
    return (answers[asked.length - 1] ?? []).map((address) => ({ address, family: 4 }));
  };
  const port = new URL(site.origin).port;
  const pages = makeWebPages(siteGuard({ resolve: changing, ports: { 'http:': [port, String(canary.port)] } }));
  const visit = (path: string) => pages.visit(`http://rebinding.example:${port}${path}`);

  site.page('/page', '<title>Page</title>');
  expect(await visit('/page')).toMatchObject({ title: 'Page' });
  expect(asked).toEqual(['rebinding.example']);
  // A redirect to the same name is looked up, and checked, again.
  asked.length = 0;
  site.redirect('/again', `http://rebinding.example:${canary.port}/`);
  expect(await visit('/again')).toBe('none');
  expect([asked.length, canary.connections]).toEqual([2, 0]);
});

it('has a canary that hears connections', async () => {
  const heard = canary.connections;
  connect(canary.port, '127.0.0.1').on('error', () => undefined);
  await expect.poll(() => canary.connections).toBe(heard + 1);
});
