/** Filled in by the build: the paths of assets that templates show in the browser, by the names that the server uses. */
declare const ASSETS: Readonly<Record<string, string>>;

export const asset = (name: string): string => ASSETS[name] ?? '';
