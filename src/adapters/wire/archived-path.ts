/** The path of a file in an archive. Its name is for people: the number makes it the only one. */
export const archivedPath = ({ id, name }: { readonly id: number; readonly name: string }): string =>
  `files/${id}-${name.replaceAll(/[:*?"<>|]/g, '_')}`;
