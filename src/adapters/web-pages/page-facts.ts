import { Parser } from 'htmlparser2';

/** What the head of a page says, undecorated. */
export interface PageFacts {
  readonly title: string;
  readonly description: string;
  readonly site: string;
  /** As the page has it. */
  readonly image: string | undefined;
}

/** A page that nests deeper than this before its body gets no card: the parser's time grows with the square of the depth. */
const MAX_DEPTH = 200;
const CHUNK = 16 * 1024;
/** In units of UTF-16, of one value. */
const LONGEST = 4_000;

/** Reads the head of a page, in parts, so that others get their turn in between. */
export async function pageFacts(html: string): Promise<PageFacts> {
  const reader = new HeadReader();
  const parser = new Parser(reader, { decodeEntities: true });
  for (let at = 0; at < html.length && !reader.isDone; at += CHUNK) {
    parser.write(html.slice(at, at + CHUNK));
    await new Promise(setImmediate);
  }
  return reader.facts;
}

/** Takes the first value of each name. */
class HeadReader {
  readonly #metas = new Map<string, string>();
  #title: string | undefined;
  #isInTitle = false;
  #depth = 0;
  isDone = false;

  get facts(): PageFacts {
    const first = (...names: readonly string[]) => names.map((name) => this.#metas.get(name)).find(Boolean);
    return {
      title: first('og:title', 'twitter:title') ?? this.#title ?? '',
      description: first('og:description', 'twitter:description', 'description') ?? '',
      site: first('og:site_name', 'application-name') ?? '',
      image: first('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'),
    };
  }

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#depth += 1;
    if (name === 'body' || this.#depth > MAX_DEPTH) this.isDone = true;
    if (this.isDone) return;
    if (name === 'title' && this.#title === undefined) {
      this.#isInTitle = true;
      this.#title = '';
    }
    if (name === 'meta') this.#note(attributes);
  }

  ontext(text: string): void {
    if (this.#isInTitle && (this.#title ?? '').length < LONGEST) this.#title += text.slice(0, LONGEST);
  }

  onclosetag(name: string): void {
    this.#depth -= 1;
    if (name === 'title') this.#isInTitle = false;
    if (name === 'head') this.isDone = true;
  }

  #note({ property, name, content }: Readonly<Record<string, string>>): void {
    const key = (property ?? name ?? '').trim().toLowerCase();
    if (key.length > 40 || !content?.trim() || this.#metas.has(key)) return;
    this.#metas.set(key, content.slice(0, LONGEST));
  }
}
