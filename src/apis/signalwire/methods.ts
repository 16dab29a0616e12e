/** A path that is served, by one method of it; what begins with a colon in it stands for anything without slashes. */
export interface Served {
  url: string;
  method: string;
}

/**
 * What can be asked of a path instead of what was asked, and is not there (RFC 9110, 15.5.6); undefined for a path at
 * which nothing is served.
 */
export function methodsAt(served: readonly Served[]): (path: string) => string | undefined {
  const patterns = [...Map.groupBy(served, ({ url }) => url)].map(([url, routes]) => ({
    // Whoever can be got can be asked about, too.
    methods: routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
    isAt: new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
  }));
  return (path) => {
    const methods = patterns.filter(({ isAt }) => isAt.test(path)).flatMap((pattern) => pattern.methods);
    return methods.length === 0 ? undefined : [...new Set(methods)].join(', ');
  };
}
