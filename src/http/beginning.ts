/** The beginning of a body, as text. What a connection gives is a Buffer already: another view of it would be dear. */
export function beginningOf(body: Uint8Array, mostBytes: number): string {
  if (body.length === 0) return '';
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return bytes.toString('utf8', 0, mostBytes);
}
