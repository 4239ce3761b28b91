/** The icon's SVG with the count in a corner, as a `data:` address. */
export function withBadge(drawing: string, label: string): string {
  const [, size = '24'] = drawing.match(/viewBox="[\d.-]+ [\d.-]+ [\d.-]+ ([\d.-]+)"/) ?? [];
  const unit = Number(size) / 16;
  const badge =
    `<g transform="scale(${unit})"><circle cx="10.5" cy="10.5" r="5.5" fill="#c8102e"/>` +
    `<text x="10.5" y="13" font-family="sans-serif" font-size="${label.length > 2 ? 5 : 7}" font-weight="700" ` +
    `text-anchor="middle" fill="#fff">${label}</text></g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(drawing.replace('</svg>', badge))}`;
}
