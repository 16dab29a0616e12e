/** The package has types that nobody can resolve, and which are not those of what it does. */
declare module '@signalwire/compatibility-api' {
  // biome-ignore lint/suspicious/noExplicitAny: the client is written in JavaScript, and used here as a program would
  export function RestClient(project: string, token: string, options?: object): any;
}
