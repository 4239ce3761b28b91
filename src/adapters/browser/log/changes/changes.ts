import stripTemplate from '../../../../../templates/partials/edit-strip.eta';
import { clientIds } from '../../composer/client-id.ts';
import { part } from '../../shell/part.ts';
import { say } from '../../shell/say.ts';
import { openTabs } from '../../storage/tabs.ts';
import { asset } from '../../templates/asset.ts';
import { elementOf } from '../../templates/message-html.ts';
import type { ActionRow, PageChat } from '../actions/page-chat.ts';
import { askToDelete } from './ask-to-delete.ts';
import { ChangeOutbox } from './change-outbox.ts';
import { failureNotice, undoButton } from './change-parts.ts';
import { ChangedRows } from './changed-rows.ts';
import { conflictDialog } from './conflict-dialog.ts';
import { EditDraft, type StartedEdit } from './edit-draft.ts';
import { restorableUntil } from './own-deletion.ts';
import { changesInBrowser, type PendingChange } from './pending-changes.ts';
import { UndoOffers } from './undo-offers.ts';

/** The reader's changes of stored messages: editing, deleting, and undoing that. */
export class Changes {
  readonly #chat: PageChat;
  readonly #outbox: ChangeOutbox;
  readonly #rows: ChangedRows;
  readonly #undo: UndoOffers;
  readonly #edit: EditDraft;
  readonly #showConflict = conflictDialog({
    save: ({ position }, text, base) => this.#outbox.add({ kind: 'edit', position, text, base }),
    discard: ({ position }) => this.#outbox.discard(position),
  });

  constructor(chat: PageChat) {
    this.#chat = chat;
    const { chatId, viewer, rows, signal, writer } = chat;
    const of = { userId: viewer.id, chatId, signal };
    const newClientId = clientIds(Date.now, (bytes) => crypto.getRandomValues(bytes));
    this.#undo = new UndoOffers(of, (position) => this.#rows.renew(position));
    this.#outbox = new ChangeOutbox({
      storage: changesInBrowser(of),
      tabs: openTabs(newClientId(), signal),
      newClientId,
      send: (frame) => writer.send({ ...frame, chat_id: chatId }),
      display: {
        show: (change) => this.#show(change),
        revert: (position) => this.#rows.renew(position),
        stored: (change) => this.#stored(change),
      },
    });
    this.#rows = new ChangedRows({
      chatId,
      viewer,
      rows,
      changeOf: (position) => this.#outbox.of(position),
      undoOf: (position, row) => this.#undoOf(position, row),
      failureOf: (change) => failureNotice(change, () => this.#showConflict(change)),
    });
    this.#outbox.start();
    writer.changes = this.#outbox;
    if (writer.isReady) this.#outbox.sendAll();
    this.#edit = new EditDraft(of);
    this.#edit.resume((edit) => this.#openEdit(edit));
  }

  /** Opens the text of a message in the box. */
  edit({ position, revision, source }: ActionRow): void {
    this.#openEdit({ position, base: revision, text: source }, source);
  }

  /** @param source what the message says, where it is known: saving the same changes nothing */
  #openEdit({ position, base, text: begun }: StartedEdit, source?: string): void {
    const strip = elementOf(stripTemplate({ asset }));
    const endEdit = this.#chat.composer.edit({
      text: begun,
      strip,
      keep: (text) => this.#edit.keep({ position, base, text }),
      ended: () => {
        this.#edit.end();
        this.#mark(position, { isEdited: false });
      },
      save: (text) => {
        if (text !== source) this.#outbox.add({ kind: 'edit', position, text, base });
        return undefined;
      },
    });
    part(strip, '[data-cancel-edit]', HTMLButtonElement).addEventListener('click', endEdit);
    this.#mark(position, { isEdited: true });
  }

  /** Shows which message the text in the box is of. */
  #mark(position: number, { isEdited }: { readonly isEdited: boolean }): void {
    this.#chat.rows.querySelector(`article[data-position="${position}"]`)?.toggleAttribute('data-edited', isEdited);
  }

  /** Deletes a message; one of another person's after a question. */
  async delete({ position, isOwn, author }: ActionRow): Promise<void> {
    if (isOwn || (await askToDelete(author))) this.#outbox.add({ kind: 'delete', position });
  }

  #show(change: PendingChange): void {
    const { kind, position, failure } = change;
    this.#rows.renew(position);
    if (!failure) return;
    if (kind === 'edit') {
      if (!document.hidden) this.#showConflict(change);
      return;
    }
    say(failure.why, 'alert');
    this.#undo.end(position);
    this.#outbox.discard(position);
  }

  #stored({ kind, position }: PendingChange): void {
    if (kind === 'delete') this.#undo.begin(position);
    if (kind === 'restore') this.#undo.end(position);
    this.#rows.renew(position);
  }

  #undoOf(position: number, row: HTMLElement): HTMLElement | undefined {
    this.#undo.hear(position, restorableUntil(row, this.#chat.viewer.id));
    const change = this.#outbox.of(position);
    if (change?.kind !== 'delete' && !this.#undo.has(position)) return undefined;
    return undoButton({ isBusy: change?.kind === 'restore', undo: () => this.#restore(position) });
  }

  #restore(position: number): void {
    const change = this.#outbox.of(position);
    if (change?.kind === 'delete' && !change.isSent) this.#outbox.discard(position);
    else this.#outbox.add({ kind: 'restore', position });
  }
}
