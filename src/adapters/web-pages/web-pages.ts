import type { WebPages } from '../../application/ports/web-pages.ts';
import { type AddressGuard, ForbiddenAddress } from '../outbound/address-guard.ts';
import { decodePage } from './charset.ts';
import { pageFacts } from './page-facts.ts';
import { NothingThere, read } from './request.ts';

/** For a page, redirects included, and again for its image. */
const PATIENCE_MS = 5_000;
const MAX_PAGE_BYTES = 1024 ** 2;
const MAX_IMAGE_BYTES = 4 * 1024 ** 2;

const PAGE_TYPES = new Set(['text/html', 'application/xhtml+xml']);
/** The image is recognised by its bytes. What is not even called one is not fetched. */
const isImage = (type: string): boolean => type.startsWith('image/') && type !== 'image/svg+xml';

/**
 * Visits pages over HTTP, without cookies, at addresses that the guard allows.
 * @param options.stopping ends visits when it is aborted
 */
export function makeWebPages(
  guard: AddressGuard,
  { patienceMs = PATIENCE_MS, stopping }: { readonly patienceMs?: number; readonly stopping?: AbortSignal } = {},
): WebPages {
  const inTime = () => AbortSignal.any([AbortSignal.timeout(patienceMs), ...(stopping ? [stopping] : [])]);

  async function imageAt(src: string | undefined, base: URL): Promise<Uint8Array | undefined> {
    if (src === undefined || !URL.canParse(src, base.href)) return undefined;
    return read(new URL(src, base), {
      ...{ guard, accept: 'image/webp,image/png,image/jpeg,image/gif,image/avif', isWanted: isImage },
      ...{ maxBytes: MAX_IMAGE_BYTES, isCut: false, signal: inTime() },
    }).then(
      ({ bytes }) => bytes,
      // A card is of use without its image.
      () => undefined,
    );
  }

  return {
    async visit(href) {
      try {
        const page = await read(new URL(href), {
          ...{ guard, accept: 'text/html,application/xhtml+xml', isWanted: (type) => PAGE_TYPES.has(type) },
          ...{ maxBytes: MAX_PAGE_BYTES, isCut: true, isEnough: hasHead, signal: inTime() },
        });
        const { image, ...facts } = await pageFacts(decodePage(page.bytes, page.contentType));
        return { ...facts, image: await imageAt(image, page.url) };
      } catch (error) {
        return error instanceof ForbiddenAddress || error instanceof NothingThere ? 'none' : 'later';
      }
    },
  };
}

/** The last two parts that arrived may have the mark between them. */
function hasHead(parts: readonly Uint8Array[]): boolean {
  const recent = Buffer.concat([parts.at(-2)?.subarray(-8) ?? Buffer.of(), parts.at(-1) ?? Buffer.of()]);
  return /<\/head|<body/i.test(recent.toString('latin1'));
}
