import { encode } from 'uqr';

/** The QR code of an address, as SVG without styles, in modules of one unit with the border of four that readers rely on. */
export function qrCode(address: string): string {
  const { data, size } = encode(address, { ecc: 'M', border: 4 });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return `<svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${dark.join('')}"/></svg>`;
}
