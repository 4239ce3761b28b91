import type { WireListedFile } from '../../wire/listed-file.ts';
import type { ShownFile } from '../../wire/shown-file.ts';
import type { AnyPage, PageChat, PageUser } from './any-page.ts';

/** The form that sends files without script, and the files that the chat has. */
export interface FilesPage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  readonly maxFiles: number;
  /** As words; undefined where the server takes no files. */
  readonly maxBytes: string | undefined;
  /** Newest first. */
  readonly files: readonly (WireListedFile & { readonly shown: ShownFile })[];
  /** Whether the files begin behind others. */
  readonly isLater: boolean;
  /** Names the next page; undefined behind the last one. */
  readonly next: number | undefined;
  /** Why the form was refused, and what it had. */
  readonly problem?: string;
  readonly text?: string;
  readonly alt?: string;
}

/** What an export of a chat has, and the button that begins one. */
export interface ChatExportPage extends AnyPage {
  readonly user: PageUser;
  readonly chat: PageChat;
  /** Why there is none now. */
  readonly problem?: string | undefined;
}
