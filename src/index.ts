/** What the package exports: an engine and its parts, checking documents, replaying flows. */

export type { Budget } from './call/budget.ts';
export type { NewMessage } from './call/messages.ts';
export type { Recovered } from './call/recovery.ts';
export type { NewCall, Route } from './call/route.ts';
export { type Clock, realClock, type Settled, VirtualClock } from './clock.ts';
export { type Checked, checkDocument } from './dialects/check.ts';
export type { Dialect, Parsed, Source } from './dialects/dialect.ts';
export { dialectNamed, dialects } from './dialects/index.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { CallflowError, type ErrorCode, errors } from './errors.ts';
export type { ExploreAct, ExploreScript, Failing } from './explore/acts.ts';
export type { Compared } from './explore/against.ts';
export { type Exploration, explore, type Retraced, retrace } from './explore/explore.ts';
export { type Finding, type FindingKind, findingKinds } from './explore/finding.ts';
export type { Edge, Ending, Graph, State } from './explore/graph.ts';
export { toMermaid } from './explore/mermaid.ts';
export type { ApplicationOptions, ExploredPath, ExploreOptions, Progress } from './explore/options.ts';
export type { Outcome as ExploreOutcome } from './explore/outcomes.ts';
export { toReport } from './explore/report.ts';
export { toSvg } from './explore/svg.ts';
export { type Paint, toTree } from './explore/tree.ts';
export { createHandler, type HandlerLimits, type HandlerOptions } from './handler/client.ts';
export type { Handler, HandlerRequest } from './handler/handler.ts';
export { createTills, type TillOptions } from './handler/till.ts';
export { createGuard, type Guard, type GuardOptions } from './http/guard.ts';
export type { ProxyOptions } from './http/proxy.ts';
export type { HttpExchange, HttpRequest, Transport } from './http/transport.ts';
export { type UndiciTransport, type UndiciTransportOptions, undiciTransport } from './http/undici.ts';
export { createWebSockets, type WebSocketOptions, type WebSockets } from './http/web-sockets.ts';
export { createIds, type Ids, secureRandom, seededRandom } from './ids.ts';
export type { Act, Answer, Attempt, Input, JournalEntry, Output, Problem } from './journal.ts';
export { decimal, type Money, toMoney, toNanos } from './money/money.ts';
export { priceOf, type Rate, type Rated, type RateTable, rateOf } from './money/rates.ts';
export type {
  CallOptions,
  CallRecord,
  CallState,
  CheckoutRecord,
  FaxRecord,
  ForkRecord,
  MessageRecord,
  RecordingRecord,
  TranscriptionRecord,
} from './records.ts';
export type { Flow, FlowAnswer, FlowHandler, FlowReply, FlowRequest } from './replay/flow.ts';
export { type FlowFile, flowsIn, type LoadedFlow, loadFlow } from './replay/load.ts';
export { type PreparedFlow, prepare, type Replay, type ReplayOptions, replay } from './replay/replay.ts';
export { createTranscript, type Transcript, transcriptOf } from './replay/transcript.ts';
export type { Explored, FlowResult, Happened, ReportedFinding, ReportOptions, Verdict } from './report/flow-result.ts';
export { toJUnit } from './report/junit.ts';
export { toHtml } from './report/page.ts';
export { type MemoryStoreOptions, memoryStore } from './store/memory/memory-store.ts';
export { type SqliteStoreOptions, sqliteStore } from './store/sqlite/sqlite-store.ts';
export type { Batch, Delivery, Store } from './store/store.ts';
export type { Bridge, BridgeEvent, BridgeListener, Role } from './telephony/bridge.ts';
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
export { type StreamsOverSocketsOptions, streamsOverSockets } from './telephony/simulated/streams-over-sockets.ts';
export type { AudioStream, StreamServers } from './telephony/streams.ts';
export { connectorsOf, streamWireOf } from './vendors/index.ts';
export type { Instruction } from './verbs/index.ts';
export type { PayTerms } from './verbs/pay-terms.ts';
export type { Till, Tills } from './verbs/till.ts';
export type { HandlerUrl, Outcome, Program, Result } from './verbs/verb.ts';
