/** Whether text is a UUID. Ids come from clients and other subgraphs as any text; what is none is simply not known. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
