import { createServer } from 'node:http';
import { listen } from './listen.ts';

/** The least that an HTTP server on Node can do: the ceiling for pages. */
listen(createServer((_request, response) => response.end('hello')));
