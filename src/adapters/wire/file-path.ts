/** The path of a file's address. The name in it is for people, and for what saves the file. */
export const filePath = ({ id, name }: { readonly id: number; readonly name: string }): string =>
  `/files/${id}/${encodeURIComponent(name)}`;
