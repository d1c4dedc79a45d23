/**
 * Helm keeps its releases in Secrets and sends them as protobuf; kubectl makes Secrets and namespaces so. As much of a decoder as
 * that takes; the numbers of fields are those of Kubernetes' generated.proto.
 */
export function fromProtobuf(body: Buffer): object {
  if (body.toString('latin1', 0, 4) !== 'k8s\0') throw new Error('no object of Kubernetes in protobuf');
  const unknown = fields(body.subarray(4));
  const kind = text(fields(one(unknown, 1)), 2);
  if (kind !== 'Secret' && kind !== 'Namespace') throw new Error(`${kind} in protobuf: nobody reads it`);
  const secret = fields(one(unknown, 2));
  const metadata = fields(one(secret, 1));
  const entries = (message: Message, number: number): [string, Buffer][] =>
    (message.get(number) ?? []).map(bytes => {
      const entry = fields(bytes);
      return [text(entry, 1), one(entry, 2)];
    });
  const words = (number: number): Record<string, string> =>
    Object.fromEntries(entries(metadata, number).map(([key, value]) => [key, value.toString()]));
  const object = {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: text(metadata, 1),
      namespace: text(metadata, 3),
      labels: words(11),
      annotations: words(12),
    },
  };
  if (kind === 'Namespace') return object;
  const data = entries(secret, 2).map(([key, value]) => [key, value.toString('base64')]);
  return { ...object, data: Object.fromEntries(data), type: text(secret, 3) };
}

type Message = ReadonlyMap<number, readonly Buffer[]>;

const one = (message: Message, number: number): Buffer => message.get(number)?.[0] ?? Buffer.alloc(0);
const text = (message: Message, number: number): string => one(message, number).toString();

/** The fields of a message that hold bytes, by number; numbers themselves are skipped. */
function fields(bytes: Buffer): Message {
  const found = new Map<number, Buffer[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes.readUInt8(at++);
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag & 7;
    if (wire === 0) varint();
    else if (wire === 2) {
      const size = varint();
      const list = found.get(tag >> 3) ?? [];
      list.push(bytes.subarray(at, at + size));
      found.set(tag >> 3, list);
      at += size;
    } else throw new Error(`protobuf's wire type ${wire}`);
  }
  return found;
}
