export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a test asks of a browser: one tab of one person, with cookies of its own. */
export interface Tab {
  /** Resolves when the page has loaded. */
  goto(url: string): Promise<void>;
  /** The JSON value of an expression in the page, or of the promise it makes; throws when the page goes away meanwhile. */
  evaluate(expression: string): Promise<unknown>;
  /** Presses the mouse at one point and releases it at another. */
  drag(from: Point, to: Point): Promise<void>;
  type(text: string): Promise<void>;
  /** One key, after its modifiers: `Escape`, `Control+k`. */
  press(keys: string): Promise<void>;
  /** The browser's Back button. */
  back(): Promise<void>;
  /** Sets the size of the viewport, as far as the browser's window can become as narrow. */
  resize(width: number, height: number): Promise<void>;
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export interface RunningEngine {
  open(): Promise<Tab>;
  close(): Promise<void>;
}

export interface Engine {
  readonly name: string;
  /** A program that it needs is not on this machine. */
  readonly isMissing: boolean;
  /** It shows a `no-store` page at Back as it was, without asking for it. */
  readonly keepsPages: boolean;
  /** @param proxy address of the HTTP proxy through which it reaches other hosts, `127.0.0.1:8080`; it knows the server too */
  launch(proxy: string): Promise<RunningEngine>;
}
