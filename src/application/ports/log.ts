/** Where adapters report what no caller is told. Values under any key are for whoever runs the server; never a secret. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
