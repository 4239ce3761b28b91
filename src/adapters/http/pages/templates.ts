import { Eta } from 'eta';

export interface Templates {
  render(name: string, data: object): string;
  /** As `render`, with less around it: for what a page shows many times. It includes nothing and has no layout. */
  partial(name: string): (data: object) => string;
}

/** @param views the directory of the Eta templates, each of which is read and compiled once */
export function openTemplates(views: string): Templates {
  const eta = new Eta({ views, cache: true });
  rememberPaths(eta);
  return {
    render: (name, data) => eta.render(name, data),
    partial(name) {
      const body = eta.compileBody(eta.parse(eta.readFile?.(eta.resolvePath?.(name) ?? '') ?? ''));
      // What it is given here is all that Eta's code of such a template uses; the client's build gives it the same.
      const fill = new Function('it', '__eta', `${body}return __eta.res;`) as Fill;
      const { escapeFunction } = eta.config;
      return (data) => fill(data, { res: '', e: escapeFunction });
    },
  };
}

type Fill = (data: object, output: { res: string; e: (value: unknown) => string }) => string;

/** Finding a template's file costs more than filling it in. All names are absolute, so that each has one file. */
function rememberPaths(eta: Eta): void {
  const paths = new Map<string, string>();
  const resolve = eta.resolvePath;
  eta.resolvePath = (name, options) => {
    const known = paths.get(name);
    if (known !== undefined) return known;
    const path = resolve?.call(eta, name, options) ?? '';
    paths.set(name, path);
    return path;
  };
}
