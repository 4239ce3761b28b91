/** Filled in by the build: the paths of what templates in the browser show, by the names that the server uses too. */
declare const ASSETS: Readonly<Record<string, string>>;

export const asset = (name: string): string => ASSETS[name] ?? '';
