import { describe, expect, it } from 'vitest';
import type { WebPages } from '../../src/application/ports/web-pages.ts';

export interface Visiting {
  readonly pages: WebPages;
  /** The address of a page that says this. */
  readonly pageWith: (facts: { readonly title: string; readonly description: string; readonly site: string }) => string;
  /** The address of something that is no page. */
  readonly noPage: () => string;
  /** The address of a page that cannot be reached now. */
  readonly awayPage: () => string;
}

/** Everything that visits pages runs this. */
export function webPagesContract(name: string, open: () => Visiting): void {
  describe(`web pages: ${name}`, () => {
    it('tells what a page says, as it says it', async () => {
      const { pages, pageWith } = open();
      const facts = { title: '<b>Tom</b> "&" ', description: 'A cat.', site: 'Cartoons' };
      expect(await pages.visit(pageWith(facts))).toEqual({ ...facts, image: undefined });
    });

    it('tells where there is nothing to show, and where there may be later', async () => {
      const { pages, noPage, awayPage } = open();
      expect([await pages.visit(noPage()), await pages.visit(awayPage())]).toEqual(['none', 'later']);
    });
  });
}
