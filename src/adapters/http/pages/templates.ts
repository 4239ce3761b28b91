import { Eta } from 'eta';

export interface Templates {
  render(name: string, data: object): string;
  /** A faster `render` for what a page shows many times. Such a template includes no other and has no layout. */
  partial(name: string): (data: object) => string;
}

/** @param views the directory of the Eta templates, each of which is read and compiled once */
export function openTemplates(views: string): Templates {
  const eta = new Eta({ views, cache: true });
  cachePaths(eta);
  return {
    render: (name, data) => eta.render(name, data),
    partial(name) {
      const body = eta.compileBody(eta.parse(eta.readFile?.(eta.resolvePath?.(name) ?? '') ?? ''));
      // Eta's code for such a template uses only these two. The client's build provides the same.
      const fill = new Function('it', '__eta', `${body}return __eta.res;`) as Fill;
      const { escapeFunction } = eta.config;
      return (data) => fill(data, { res: '', e: escapeFunction });
    },
  };
}

type Fill = (data: object, output: { res: string; e: (value: unknown) => string }) => string;

/** Caches the paths: finding a template's file costs more than rendering it. All names are absolute. */
function cachePaths(eta: Eta): void {
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
