/** The web app manifest, by which the chat can be installed. @param url where an icon is served */
export function webManifest(url: (name: string) => string): string {
  const png = { type: 'image/png', purpose: 'any' };
  return JSON.stringify({
    // Its own address changes with its content; the app is the same.
    id: '/',
    name: 'Shoal',
    short_name: 'Shoal',
    description: 'A chat of your own: fast, calm, and yours.',
    lang: 'en',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    theme_color: '#0054b4',
    background_color: '#0054b4',
    categories: ['social'],
    icons: [
      { src: url('favicon.svg'), sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      { src: url('icon-192.png'), sizes: '192x192', ...png },
      { src: url('icon-512.png'), sizes: '512x512', ...png },
      { src: url('app-icon.svg'), sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
      { src: url('app-icon-512.png'), sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  });
}
