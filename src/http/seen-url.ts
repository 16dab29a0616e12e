/** The URL as the application sees it: who asks is told in a header, not in the request line. */
export function withoutCredentials(url: URL): string {
  if (!url.username && !url.password) return url.href;
  const seen = new URL(url);
  seen.username = '';
  seen.password = '';
  return seen.href;
}

/** A URL as it may be shown: without a name and a password. */
export function seenUrl(url: string): string {
  const parsed = url.includes('@') ? URL.parse(url) : null;
  return parsed ? withoutCredentials(parsed) : url;
}
