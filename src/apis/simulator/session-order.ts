import { type Complaint, truth } from '../../replay/shape.ts';
import { asFlowOrder, type FlowOrder, flowOrderSchema } from './flow-order.ts';
import { requestNotValid } from './problem.ts';

/** A flow that is played step by step. */
export interface SessionOrder extends FlowOrder {
  /** Any number that is called, and that the flow has no phone for, rings until a step says what happens. */
  attend: boolean;
}

const { properties, ...rest } = flowOrderSchema as { properties?: object };

/** JSON Schema of the body. */
export const sessionOrderSchema: object = { ...rest, properties: { ...properties, attend: truth.schema } };

/**
 * Reads the body of a request, or says everything that is wrong with it.
 *
 * @param calls how many it may have
 */
export function asSessionOrder(body: unknown, calls: number): SessionOrder {
  if (typeof body !== 'object' || body === null) return { ...asFlowOrder(body, calls), attend: false };
  const { attend = false, ...flow } = body as { attend?: unknown };
  const complaints: Complaint[] = [];
  truth.read(attend, ['attend'], (complaint) => complaints.push(complaint));
  if (complaints.length > 0) throw requestNotValid(complaints);
  return { ...asFlowOrder(flow, calls), attend: attend === true };
}
