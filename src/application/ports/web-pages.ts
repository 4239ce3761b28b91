/** What a page says about itself, as it was decoded: nothing of it can be trusted. */
export interface WebPage {
  /** Empty where it has none, as the next two. */
  readonly title: string;
  readonly description: string;
  readonly site: string;
  /** The bytes of the image that it names, which may be anything; undefined where none was got. */
  readonly image: Uint8Array | undefined;
}

/** `none`: there is nothing to show, and will not be soon. `later`: the page was not reached, and a later visit may succeed. */
export type Visit = WebPage | 'none' | 'later';

/** Visits pages whose addresses members chose. */
export interface WebPages {
  /**
   * Visits a page, and the image that it names. It connects to public addresses only, sends nothing that identifies a person, and takes
   * ten seconds at most. It never rejects.
   * @param href with the scheme `http:` or `https:`
   */
  visit(href: string): Promise<Visit>;
}
