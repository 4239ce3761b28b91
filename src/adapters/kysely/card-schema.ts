/** The table of pages that messages link to. */
export interface CardSchema {
  readonly link_pages: {
    /** The SHA-256 of the address, base64url: addresses are words of people, and go with their messages. */
    readonly digest: string;
    /** What is known, as JSON; null where there is nothing to show. */
    readonly page: string | null;
    /** Until when that counts; 0 for a page that was not visited yet. */
    readonly expires_at: number;
    /** Until when somebody visits it; 0 for nobody. */
    readonly leased_until: number;
  };
}
