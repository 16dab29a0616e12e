/** Of a URL, what tells one handler from another. */
export function pathOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? parsed.pathname : url;
}
