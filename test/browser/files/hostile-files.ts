/** A file that would do harm if a browser ran it, or whose name would if a page took it for markup. */
export interface HostileFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Asks for an address that tests watch, and does what a reader would see. */
const RUN = `fetch('/pwned');new Image().src='/pwned';alert('pwned');top.location='https://evil.example/'`;
const HTML = `<!doctype html><script>${RUN}</script><img src=/pwned onerror="${RUN}"><meta http-equiv=refresh content="0;url=https://evil.example/">`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"><script>${RUN}</script><image href="https://evil.example/x.png"/></svg>`;

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const hex = (digits: string, text = ''): Buffer => Buffer.concat([Buffer.from(digits, 'hex'), latin1(text)]);

/** Valid as a GIF and as a script: the size reads as the beginning of a comment. */
const GIF_JS = latin1(`GIF89a/*\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x01\x00;*/=1;${RUN}`);
const PNG = '89504e470d0a1a0a0000000d49484452000000040000000308020000001a1d5e2f';
const JPEG = 'ffd8ffe000104a46494600010100000100010000';
/** A comment segment whose length reads as text. */
const jpegWith = (text: string): Buffer =>
  Buffer.concat([
    Buffer.from(JPEG, 'hex'),
    Buffer.from([0xff, 0xfe, 0x2f, 0x2a]),
    latin1(`*/=1;${text}/*`),
    Buffer.from('ffd9', 'hex'),
  ]);
const PDF = `%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\('pwned'\\))>>/AA<</O<</S/URI/URI(https://evil.example/)>>>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`;
const XSLT = `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#s"?><x xmlns:h="http://www.w3.org/1999/xhtml"><xsl:stylesheet id="s" version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><h:script>${RUN}</h:script></xsl:template></xsl:stylesheet><h:script>${RUN}</h:script></x>`;
const XHTML = `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><script>${RUN}</script></body></html>`;
const MHTML = `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n${HTML}\r\n--x--`;

const file = (name: string, bytes: Buffer | string): HostileFile => ({
  name,
  bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
});

const POLYGLOTS = [
  file('polyglot.gif', GIF_JS),
  file('polyglot-gif.js', GIF_JS),
  file('gif-and-page.html', latin1(`GIF89a${HTML}`)),
  file('gif87.htm', latin1(`GIF87a${HTML}`)),
  file('jpeg-and-script.jpg', jpegWith(RUN)),
  file('jpeg-and-page.html', jpegWith(HTML)),
  file('png-and-page.png', hex(PNG, HTML)),
  file('png-and-drawing.svg', hex(PNG, SVG)),
  file('webp-and-page.webp', latin1(`RIFF\x00\x00\x00\x00WEBPVP8 ${HTML}`)),
  file('wave-and-script.wav', latin1(`RIFF=1/*WAVE*/;${RUN}`)),
  file('video-and-page.mp4', latin1(`\x00\x00\x00\x18ftypisom${HTML}`)),
  file('avif-and-page.avif', latin1(`\x00\x00\x00\x18ftypavif${HTML}`)),
  file('sound-and-page.mp3', latin1(`ID3${HTML}`)),
  file('ogg-and-page.ogg', latin1(`OggS${HTML}`)),
  file('flac-and-page.flac', latin1(`fLaC${HTML}`)),
  file('matroska-and-page.webm', hex('1a45dfa3', `webm${HTML}`)),
  file('archive-and-page.zip', hex('504b0304', HTML)),
  file('document-and-page.pdf', `${PDF}\n${HTML}`),
];

const DOCUMENTS = [
  file('drawing.svg', SVG),
  file('drawing.png', SVG),
  file('drawing.svgz', hex('1f8b08', SVG)),
  file('page.html', HTML),
  file('page.jpg', HTML),
  file('page.xhtml', XHTML),
  file('sheet.xml', XSLT),
  file('letter.mhtml', MHTML),
  file('program.hta', `<hta:application>${HTML}`),
  file('form.pdf', PDF),
  file('script.js', RUN),
  file('module.mjs', `${RUN};export {}`),
  file('style.css', `body{background:url(https://evil.example/x)}@import "https://evil.example/y";`),
  file('shortcut.url', '[InternetShortcut]\r\nURL=https://evil.example/'),
  file('utf7.txt', '+ADw-script+AD4-alert(1)+ADw-/script+AD4-'),
  file('utf16.html', Buffer.from(`\ufeff${HTML}`, 'utf16le')),
];

const NAMES = [
  file('한글 🐟.html', HTML),
  file('"><img src=x onerror=alert(1)>\'.svg', SVG),
  file('a\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>.txt', HTML),
  file('../../../static/client.js', RUN),
  file('gpj.\u202elmth', HTML),
  file(`${'n'.repeat(300)}.html`, HTML),
  file('', HTML),
  file('empty.html', ''),
];

export const HOSTILE: readonly HostileFile[] = [...POLYGLOTS, ...DOCUMENTS, ...NAMES];
