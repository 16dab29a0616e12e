import type { ReadFile } from '../../replay/answers.ts';
import type { Flow } from '../../replay/flow.ts';
import { asFlow, flowSchema, notValid } from '../../replay/flow-shape.ts';
import { type Complaint, mapOf, text } from '../../replay/shape.ts';

/** A flow that came by HTTP: the files that it names come with it. */
export interface FlowOrder {
  flow: Flow;
  files: Readonly<Record<string, string>>;
  /** The transcript that is expected. */
  expect: string | undefined;
}

const files = mapOf(text(), 'names of files with their texts');
const expect = text('a transcript');

/** More calls belong into a load test, more time into several flows. */
const mostCalls = 50;
const longestSeconds = 7 * 24 * 3600;

/** JSON Schema of the body: a flow, and what stands beside it in a folder. */
export const flowOrderSchema: object = orderSchema(flowSchema);

function orderSchema({ $schema: _, properties, ...rest }: { $schema?: unknown; properties?: object }): object {
  return { ...rest, properties: { ...properties, files: files.schema, expect: expect.schema } };
}

/**
 * Reads the body of a request, or says everything that is wrong with it.
 *
 * @param calls how many it may have
 */
export function asFlowOrder(body: unknown, calls = mostCalls): FlowOrder {
  if (typeof body !== 'object' || body === null) return { flow: asFlow(body), files: {}, expect: undefined };
  const { files: texts = {}, expect: transcript, ...rest } = body as Record<string, unknown>;
  const flow = asFlow(rest);
  const complaints: Complaint[] = tooMuchIn(flow, calls);
  const complain = (complaint: Complaint) => complaints.push(complaint);
  const order = {
    flow,
    files: files.read(texts, ['files'], complain) as FlowOrder['files'],
    expect: transcript === undefined ? undefined : String(expect.read(transcript, ['expect'], complain)),
  };
  if (complaints.length > 0) throw notValid(complaints);
  return order;
}

function tooMuchIn({ calls = [], limit = 0 }: Flow, most: number): Complaint[] {
  const complaints: Complaint[] = [];
  if (calls.length > most)
    complaints.push({ path: ['calls'], found: `${calls.length} calls`, expected: `${most} at most` });
  if (limit > longestSeconds)
    complaints.push({ path: ['limit'], found: String(limit), expected: `${longestSeconds} seconds at most` });
  return complaints;
}

/** Gives the files that came with the flow. */
export const readerOf =
  (given: FlowOrder['files']): ReadFile =>
  (name, path) => {
    const content = Object.hasOwn(given, name) ? given[name] : undefined;
    if (content !== undefined) return Buffer.from(content);
    const expected = 'the document itself, or the name of one of the files';
    throw notValid([{ path, found: `the name ${name}, which "files" does not have`, expected }]);
  };
