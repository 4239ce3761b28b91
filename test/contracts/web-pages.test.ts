import { afterAll, beforeAll } from 'vitest';
import { makeWebPages } from '../../src/adapters/web-pages/web-pages.ts';
import { siteGuard, TestSite } from '../web-pages/loopback.ts';
import { webPagesContract } from './web-pages-contract.ts';

let site: TestSite;
beforeAll(async () => {
  site = await TestSite.start();
});
afterAll(() => site.close());

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

webPagesContract('HTTP', () => ({
  pages: makeWebPages(siteGuard()),
  pageWith: (facts) =>
    site.page(
      '/page',
      Object.entries({ 'og:title': facts.title, 'og:description': facts.description, 'og:site_name': facts.site })
        .map(([name, content]) => `<meta property="${name}" content="${escaped(content)}">`)
        .join(''),
    ),
  noPage: () => site.page('/none', 'words', 'text/plain'),
  awayPage: () => site.at('/away', (response) => response.writeHead(503).end()),
}));
