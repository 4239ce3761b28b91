/** The keys by which push services recognise this installation: P-256, base64url. They are made once and kept. */
export interface PushKeys {
  /** The uncompressed point, 65 bytes. Browsers need it to subscribe. */
  readonly publicKey: string;
  /** 32 bytes. */
  readonly privateKey: string;
}
