/** What the package exports: an engine and its parts, checking documents, replaying flows. */
export { type Clock, realClock, type Settled, VirtualClock } from './clock.ts';
export { type Checked, checkDocument } from './dialects/check.ts';
export type { Dialect, Parsed, Source } from './dialects/dialect.ts';
export { dialectNamed, dialects } from './dialects/index.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { CallflowError, type ErrorCode, errors } from './errors.ts';
export { createHandler, type HandlerLimits, type HandlerOptions } from './handler/client.ts';
export type { Handler, HandlerRequest } from './handler/handler.ts';
export { createGuard, type Guard, type GuardOptions } from './http/guard.ts';
export type { HttpExchange, HttpRequest, Transport } from './http/transport.ts';
export { type UndiciTransport, type UndiciTransportOptions, undiciTransport } from './http/undici.ts';
export { createIds, type Ids, seededRandom } from './ids.ts';
export type { Act, Answer, Attempt, Input, JournalEntry, Output, Problem } from './journal.ts';
export type { CallOptions, CallRecord, CallState, FaxRecord, RecordingRecord, TranscriptionRecord } from './records.ts';
export type { Flow, FlowAnswer, FlowHandler, FlowReply, FlowRequest } from './replay/flow.ts';
export { type FlowFile, flowsIn, type LoadedFlow, loadFlow } from './replay/load.ts';
export { type PreparedFlow, prepare, type Replay, type ReplayOptions, replay } from './replay/replay.ts';
export { createTranscript, type Transcript, transcriptOf } from './replay/transcript.ts';
export { type MemoryStoreOptions, memoryStore } from './store/memory/memory-store.ts';
export type { Batch, Delivery, Store } from './store/store.ts';
export type { Bridge, Role } from './telephony/bridge.ts';
export type { Leg, LegCommand, LegEvent, LegListener, Sound } from './telephony/leg.ts';
export type { Finished, Incoming, Network, Target } from './telephony/network.ts';
export { type AudioLengths, everyAudioLasts } from './telephony/simulated/audio-lengths.ts';
export { type AudioOverHttpOptions, audioOverHttp } from './telephony/simulated/audio-over-http.ts';
export {
  createSimulatedNetwork,
  type SimulatedNetwork,
  type SimulatedNetworkOptions,
} from './telephony/simulated/network.ts';
export type { Party, Person, RingingParty } from './telephony/simulated/party.ts';
export { type RecordingStore, recordingsIn } from './telephony/simulated/recording-store.ts';
export type { Phone, Script } from './telephony/simulated/script.ts';
export type { Instruction } from './verbs/index.ts';
export type { HandlerUrl, Outcome, Program, Result } from './verbs/verb.ts';
