import { type MessageFile, NO_FILES } from '../../domain/files/file.ts';

/** The copy in the row of a message, so that reading messages needs no other statement. */
export const filesToJson = (files: readonly MessageFile[]): string | null =>
  files.length === 0 ? null : JSON.stringify(files);

/** Only `filesToJson` makes these texts. */
export const filesInJson = (json: string | null): readonly MessageFile[] =>
  json === null ? NO_FILES : JSON.parse(json);
