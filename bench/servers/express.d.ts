/** The little of Express that the contender uses. */
declare module 'express' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  interface Request extends IncomingMessage {
    readonly params: Readonly<Record<string, string>>;
  }

  interface Response extends ServerResponse {
    sendStatus(status: number): void;
    redirect(path: string): void;
    render(view: string, values: object): void;
  }

  type Application = RequestListener & {
    set(setting: string, value: string): void;
    get(path: string, handler: (request: Request, response: Response) => void): void;
  };

  export default function express(): Application;
}
