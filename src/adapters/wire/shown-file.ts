import { isShownInline } from '../../domain/files/file.ts';
import { filePath } from './file-path.ts';
import type { WireFile } from './message.ts';

/** What the template of a file shows. */
export interface ShownFile {
  readonly kind: 'image' | 'audio' | 'video' | 'other';
  readonly name: string;
  /** What the image shows, or else its name. */
  readonly alt: string;
  readonly path: string;
  /** Where an image is shown from. */
  readonly picture: string;
  /** The same without movement; undefined for what does not move. */
  readonly still: string | undefined;
  /** Type and size, as in `PNG, 12 kB`. */
  readonly about: string;
  /** In pixels; undefined where they are not known. */
  readonly width: number | undefined;
  readonly height: number | undefined;
}

export function shownFile(file: WireFile): ShownFile {
  const { name, type, bytes, width, height } = file;
  const path = filePath(file);
  const [about, kind] = [`${typeName(type)}, ${sizeName(bytes)}`, kindOf(type)];
  const thumbnail = `/files/${file.id}/thumbnail`;
  const moves = type === 'image/gif';
  const [picture, still] = moves ? [path, thumbnail] : [thumbnail, undefined];
  return { kind, name, alt: file.alt ?? name, path, picture, still, about, width, height };
}

function kindOf(type: string): ShownFile['kind'] {
  const [kind] = type.split('/');
  return isShownInline(type) && (kind === 'image' || kind === 'audio' || kind === 'video') ? kind : 'other';
}

const NAMES: Readonly<Record<string, string>> = {
  'application/octet-stream': 'File',
  'audio/mpeg': 'MP3',
  'video/quicktime': 'QuickTime',
};

const typeName = (type: string): string => NAMES[type] ?? (type.split('/')[1] ?? type).toUpperCase();

const UNITS = ['kB', 'MB', 'GB', 'TB'] as const;

export function sizeName(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const power = Math.min(UNITS.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[power - 1]}`;
}
