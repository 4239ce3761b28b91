/** In pixels, at most. */
export interface ThumbnailSize {
  readonly width: number;
  readonly height: number;
}

/** Makes the small pictures of images. */
export interface Thumbnails {
  /**
   * A WebP of at most `size`, `THUMBNAIL` where none is given, upright, without metadata, of the first picture where there are several. Undefined for what is no PNG,
   * JPEG, GIF, WebP or AVIF, is damaged, has too many pixels or takes too long.
   */
  make(image: ReadableStream<Uint8Array>, size?: ThumbnailSize): Promise<Uint8Array | undefined>;
  /**
   * The middle of an image as opaque WebP squares of these widths, in pixels, upright and without metadata. Small images are enlarged. One image is
   * made at a time. Undefined as for `make`.
   */
  squares(image: Uint8Array, widths: readonly number[]): Promise<readonly Uint8Array[] | undefined>;
}
