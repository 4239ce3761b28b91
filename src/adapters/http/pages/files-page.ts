import type { AnyPage, PageChat, PageUser } from './any-page.ts';

/** The form that sends files without script. */
export interface FilesPage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  readonly maxFiles: number;
  /** As words; undefined where the server takes no files. */
  readonly maxBytes: string | undefined;
  /** Why the form was refused, and the text that it had. */
  readonly problem?: string;
  readonly text?: string;
}
