/**
 * Every error of the project: its code (the contract, never reused once retired), what it means and what mends it.
 * `docs/errors.md` is made from this table. `status` is the HTTP status an API answers with, where one does.
 */
export const errors = {
  DOCUMENT_NOT_XML: {
    status: 422,
    about: 'The document is not well-formed XML. The message names the line, the column and what was found there.',
  },
  DOCUMENT_DOCTYPE: {
    status: 422,
    about:
      'The document has a document type declaration. These can hide endless expansions and file reads, so none is accepted: remove the `<!DOCTYPE …>`.',
  },
  DOCUMENT_ENTITY: {
    status: 422,
    about:
      'The document uses an entity other than `&amp;` `&lt;` `&gt;` `&quot;` `&apos;` or a numeric one. Write the character itself, or its number.',
  },
  DOCUMENT_TOO_LARGE: { status: 422, about: 'The document has more bytes than the dialect allows.' },
  DOCUMENT_TOO_DEEP: { status: 422, about: 'Elements are nested deeper than any valid document needs.' },
  DOCUMENT_TOO_MANY_ELEMENTS: {
    status: 422,
    about: 'The document has more elements than callflow executes in one document.',
  },
  DOCUMENT_ENCODING: {
    status: 422,
    about:
      'The bytes are not text in the encoding that the byte order mark, the XML declaration or the content type names. UTF-8, UTF-16 and ISO-8859-1 are understood.',
  },
  DOCUMENT_EMPTY: { status: 422, about: 'There is no element in the document.' },
  DOCUMENT_ROOT: { status: 422, about: 'The root element is not the one of the dialect, or there is more than one.' },
  ELEMENT_UNKNOWN: { status: 422, about: 'The dialect has no element of this name. The hint names the nearest one.' },
  ELEMENT_NOT_ALLOWED: { status: 422, about: 'The element exists, but not at this place.' },
  ELEMENT_MISSING: { status: 422, about: 'An element that must be there is not.' },
  ELEMENT_TOO_MANY: { status: 422, about: 'There are more elements here than the dialect allows.' },
  ELEMENT_UNREACHABLE: {
    status: 422,
    about:
      'An element before this one never lets execution come here, so it does nothing. The document is executed all the same.',
  },
  TEXT_NOT_ALLOWED: { status: 422, about: 'The element must have no text of its own.' },
  TEXT_MISSING: { status: 422, about: 'The element needs a text, and has none.' },
  TEXT_NOT_VALID: {
    status: 422,
    about: 'The text of the element is not what it must be: the message says what was expected.',
  },
  ATTRIBUTE_UNKNOWN: {
    status: 422,
    about:
      'The element has no attribute of this name. It is ignored; `callflow check` warns of it and names the nearest one.',
  },
  ATTRIBUTE_IGNORED: {
    status: 422,
    about: 'The attribute is known to the dialect, and has no effect here. The document is executed without it.',
  },
  ATTRIBUTE_NOT_VALID: {
    status: 422,
    about: 'The value of an attribute is not what it must be: the message says what was expected.',
  },
  ATTRIBUTE_MISSING: { status: 422, about: 'An attribute that must be there is not.' },
  ATTRIBUTE_CONFLICT: { status: 422, about: 'Two things are given that exclude each other.' },
  CONTENT_TYPE: {
    status: 422,
    about:
      'The answer came with a content type that is no document of the dialect, or without one. Send `content-type: text/xml`.',
  },
  METHOD_NOT_VALID: {
    status: 422,
    about: 'An attribute that says how a URL is asked is neither GET nor POST (or PUT, where audio is sent).',
  },
  KEY_NOT_VALID: { status: 422, about: 'The keys that end something are not of `0` to `9`, `*` and `#`.' },
  DIGITS_NOT_VALID: {
    status: 422,
    about: 'Tones to be sent are not made of `0` to `9`, `A` to `D`, `*`, `#`, and `w` and `W` for pauses.',
  },
  URL_RELATIVE: {
    status: 422,
    about:
      'A URL is relative, or missing where the URL of the document would be taken, and the document was given without one. Write the whole URL.',
  },
  DIAL_NOUNS_CONFLICT: {
    status: 422,
    about:
      'A `<Dial>` names things that exclude each other: a conference, a queue or SIP addresses beside something else. It fails, and the call goes on.',
  },
  DIAL_NOUNS_NOT_VALID: {
    status: 422,
    about:
      'A `<Dial>` or `<Refer>` has elements in it that cannot be called, too many of them, or nobody at all. It fails, and the call goes on.',
  },
  SIP_ADDRESS_NOT_VALID: {
    status: 422,
    about: 'A SIP address is not `sip:` or `sips:`, perhaps a user, and a host, or it is too long.',
  },
  SIP_CODEC_NOT_VALID: { status: 422, about: 'There is no such codec for a call to a SIP address.' },
  QUEUE_NAME_MISSING: { status: 422, about: 'A call was to wait in a queue, and the queue has no name.' },
  RECORDING_EVENT_NOT_VALID: { status: 422, about: 'There is no such state of a recording that could be told.' },
  RECORDING_TRIM_NOT_VALID: { status: 422, about: 'How a recording is trimmed is `trim-silence` or `do-not-trim`.' },
  STREAM_URL_NOT_VALID: {
    status: 422,
    about: 'The server of a stream is not a `wss:` URL without a query and without blanks.',
  },
  VERB_NOT_ALLOWED: {
    status: 422,
    about:
      'The verb must not be in a document that was asked for this: one that is heard while waiting, on hold, as an announcement or before two are joined.',
  },
  VERB_NOT_SUPPORTED: {
    about:
      'The document asks for something that its language knows and callflow does not do. It is skipped, and execution goes on with what follows.',
  },
  DOCUMENT_NOT_VALID: {
    about: 'A handler answered a document that cannot be executed. The journal has its problems with line and column.',
  },
  DIALECT_UNKNOWN: { about: 'There is no dialect of this name.' },

  HANDLER_REFUSED: {
    about: 'Nothing listens at the address of the handler. Is the application running, and on this port?',
  },
  HANDLER_NAME_NOT_FOUND: { about: 'The host name of the handler has no address.' },
  HANDLER_UNREACHABLE: { about: 'There is no way through the network to the address of the handler.' },
  HANDLER_TLS: {
    about: 'No secure connection could be made: the certificate is not valid for this host, expired, or not trusted.',
  },
  HANDLER_PROXY: {
    about:
      'The proxy of the configuration (`proxy`) could not be reached, or refused to lead there: its name and password are wrong, or it does not allow the host.',
  },
  HANDLER_NOT_TLS: {
    about:
      'The URL of the handler begins with https:, and what listens there does not speak TLS. Is it the wrong port, or http: that was meant?',
  },
  HANDLER_BROKEN: { about: 'The connection to the handler broke before the whole answer was there.' },
  HANDLER_NOT_HTTP: {
    about: 'What the handler answered is not HTTP, or a cookie in it is none where the language does not forgive that.',
  },
  HANDLER_HTTP_VERSION: { about: 'The handler answered in a version of HTTP that is not understood.' },
  HANDLER_TIMEOUT: {
    about: 'The handler took too long. The message says what was being waited for: connecting, headers or body.',
  },
  HANDLER_STATUS: { about: 'The handler answered with a status other than 2xx.' },
  HANDLER_TOO_LARGE: { about: 'The answer of the handler is larger than allowed. Reading stopped at the limit.' },
  HANDLER_REDIRECTS: { about: 'The handler redirected too often, or in a way that cannot repeat the request.' },
  HANDLER_UNAVAILABLE: { about: 'No handler URL gave a document that can be executed, so the call could not go on.' },
  SETTING_NOT_VALID: {
    about: 'A setting has a value that it cannot have: the message names it and says what was expected.',
  },
  HANDLER_ABANDONED: {
    about:
      'The call ended, or went on with something else, while the handler was being asked. Its answer is not waited for.',
  },
  URL_NOT_VALID: { about: 'This is not a URL.' },
  URL_SCHEME: { about: 'The scheme of the URL is not one that can be used at this place.' },
  URL_NOT_ALLOWED: {
    about:
      'The URL leads to an address that the configuration does not allow (loopback, private, link-local, metadata and the like are refused by default).',
  },

  CALL_REQUESTS_LIMIT: {
    about:
      'The call asked its handlers too often: 100 requests, and one more for each second of its life. Usually a redirect to itself.',
  },
  CALL_FAMILY_LIMIT: {
    about: 'A call and the calls it originated are more than allowed, or nested too deep through own numbers.',
  },
  CALL_HOPS_LIMIT: {
    about:
      'The call has come in through numbers of this engine more often than it may (`limits.ownNumberHops`, 10 unless given): usually a number that forwards to itself, or two that forward to each other.',
  },
  CALL_SOURCE_NOT_ALLOWED: {
    status: 403,
    about:
      'The SIP domain does not take calls from this address, or not without a user of it: see `cidrBlocks` and the users of the domain.',
  },
  CALLS_LIMIT: {
    status: 429,
    about:
      'The project has as many calls as it may: live ones, or ones that wait to be placed. Try again later, or have the limits raised.',
  },
  SPEND_LIMIT: {
    status: 429,
    about:
      'The calls of a project on this day, or those of one family, have cost as much as the configuration allows (`spendPerDay`, `spendPerFamily`). New outgoing calls are refused; those of a family that would go past its limit are ended.',
  },
  MINUTES_LIMIT: {
    status: 429,
    about:
      'The calls of a project on this day, or those of one family, have lasted as long as the configuration allows (`minutesPerDay`, `minutesPerFamily`). New outgoing calls are refused; those of a family that has reached its limit are ended.',
  },
  CALL_NOT_PERMITTED: {
    status: 403,
    about:
      'The number must not be called: it is an emergency number, costs a premium, or begins with no prefix that the configuration allows; or the subproject is suspended or closed.',
  },
  IDEMPOTENCY_CONFLICT: {
    status: 409,
    about: 'The same idempotency key was used within the last 24 hours to ask for something else.',
  },
  CALL_CALLER_ID: { about: 'A telephone number was to be called without a valid caller ID (E.164 with a plus).' },
  CALL_NUMBER_NOT_VALID: { about: 'The address to be called is neither an E.164 number with a plus nor a SIP URI.' },
  CALL_NO_ROUTE: { about: 'The network knows no way to this address.' },
  CALL_NOT_REFERRED: {
    about:
      'The far side was not asked to call somebody else: only a SIP call can be, and only to a SIP URI; or it has refused.',
  },
  RECORDING_NOT_STORED: {
    about:
      'The audio of a recording could not be sent to where the document wants it kept: three attempts have failed. It stays with callflow.',
  },
  MESSAGE_NOT_SENT: {
    about: 'A text message was not sent: both its sender and its receiver must be E.164 numbers with a plus.',
  },
  CALL_NETWORK: { about: 'The telephone network failed while the call was being made or going on.' },
  CALL_STEPS_LIMIT: {
    about:
      'The call carried out too many instructions: 10,000, and a hundred more for each second of its life. Usually a wait program in which nothing takes any time.',
  },
  CALL_NOT_FOUND: { status: 404, about: 'There is no such call, or it has ended.' },
  CALL_NOT_OVER: {
    status: 409,
    about:
      'Something of the call or of what came of it is still going on: a call, a recording, or a callback that is owed. Erase it later.',
  },
  CALL_INTERNAL: {
    status: 500,
    about: 'A defect of callflow ended the call. Please report it with the journal of the call.',
  },
  STREAM_NOT_OPEN: { about: 'The document names a stream that no application has opened.' },
  STREAM_REFUSED: { about: 'The server of a stream answered, and took no WebSocket connection.' },
  STREAM_BROKEN: { about: 'The connection to the server of a stream broke, or what came over it was too large.' },
  STREAM_TRACK: {
    about:
      'A two-way stream carries what comes from the party of the call, or is said in the conference, and nothing else.',
  },
  FORK_NAME_TAKEN: {
    about:
      'A stream, transcription or recording of this name goes on in the call already, or a stream in the conference: the second one does not begin.',
  },
  FORK_LIMIT: {
    about:
      'As many streams, transcriptions and recordings go on beside the call, or streams of the conference, as may: one more does not begin.',
  },
  FORK_UNKNOWN: { about: 'Nothing of this name goes on in the call that could be stopped. The call goes on.' },
  SIPREC_CONNECTOR: { about: 'It is not said to which recording server the audio of the call should go.' },
  PAYMENT_CONNECTOR: {
    about: 'Payment details could not be handed over: the connector was not reached, or did not answer as it must.',
  },
  PAYMENT_REFUSED: {
    status: 400,
    about:
      'What was wanted of a payment beside a call cannot be done: another one goes on in the call, it is over or with its connector, details are missing, or it has no such detail. The message says which.',
  },
  FAX_NOT_RECEIVED: { about: 'No fax arrived: no fax tones within a minute, or the session failed.' },
  CONFERENCE_FULL: {
    about: 'As many are in the conference as it may hold: one more cannot enter. The call goes on with what follows.',
  },
  CONFERENCE_TWICE: { about: 'A call is in one conference at most, and this one is in one already.' },
  CONFERENCE_COACH: {
    status: 400,
    about: 'Whom a participant is to speak to alone is not in the same conference.',
  },
  CONFERENCE_LABEL: {
    about:
      'Somebody else is in the conference under this label: one more cannot enter. The call goes on with what follows.',
  },
  CONFERENCE_OVER: { status: 400, about: 'The conference has ended: nothing can be changed in it any more.' },
  QUEUE_UNKNOWN: {
    about: 'A call is to be joined with one that waits in a queue, and the project has no queue of this name.',
  },
  QUEUE_NAME_TAKEN: { status: 400, about: 'The project has another queue of this name.' },
  QUEUE_NOT_EMPTY: { status: 422, about: 'Calls wait in the queue: it cannot be deleted until they have left.' },
  LABELS_LIMIT: {
    about: 'A label was not set: a call has at most 50 labels, and keys and values together at most 10 KiB.',
  },
  AUDIO_NOT_AVAILABLE: { about: 'An audio file could not be fetched. It is skipped and the call goes on.' },
  AUDIO_URL_NOT_VALID: { about: 'What is to be played has no URL that audio can be had from.' },
  AUDIO_NOT_UNDERSTOOD: {
    about:
      'An audio file is neither WAV, AIFF nor MP3, nor bare µ-law or GSM by its content type, or it is damaged. It is skipped and the call goes on.',
  },
  NOT_SUPPORTED: {
    about: 'The document asks for something that this engine, or this network, does not do. It is skipped.',
  },
  CALLBACK_GIVEN_UP: {
    about: 'A callback could not be delivered in all its attempts. It stays visible and can be sent again.',
  },
  CALLBACK_NOT_FOUND: {
    status: 404,
    about: 'There is no such callback, or it was not given up and so needs not be sent again.',
  },

  STORE_NOT_READABLE: {
    about:
      'The data file cannot be opened: it is damaged, not readable, or something else than the data of callflow. Nothing was changed in it.',
  },
  STORE_NEWER: {
    about: 'The data file was written by a newer version of callflow. Start that version, or name another data folder.',
  },
  STORE_IN_USE: {
    about:
      'Another process has the data file open. Two engines cannot share one: end that one, or name another data folder.',
  },
  STORE_FAILED: {
    status: 503,
    about:
      'Something could not be written to the data file: the disk is full, gone or read-only. It is tried again until it works; meanwhile nothing that follows from it leaves callflow.',
  },

  TOKEN_NOT_VALID: {
    status: 401,
    about: 'The request has no `Authorization: Bearer …` with a token that is known, or the token has been withdrawn.',
  },
  PERMISSION_MISSING: { status: 403, about: 'The token is known, but must not be used for this.' },
  PATH_UNKNOWN: { status: 404, about: 'The API has nothing at this path, or nothing for this method.' },
  REQUEST_NOT_VALID: {
    status: 400,
    about: 'The request to the API has something in it that cannot be: the answer says where, and what was expected.',
  },
  REQUEST_TOO_LARGE: { status: 413, about: 'The body of the request to the API is larger than allowed.' },
  FLOWS_LIMIT: {
    status: 429,
    about:
      'As many flows as may run at once are running, and as many as may wait are waiting; or those of the project are as many as they may be. Try again later.',
  },
  SESSION_NOT_FOUND: { status: 404, about: 'There is no such session of the simulator, or it has been ended.' },
  SESSIONS_LIMIT: {
    status: 429,
    about: 'The project has as many sessions of the simulator as it may. End those that are no longer needed.',
  },
  FLOW_TOO_SLOW: {
    status: 422,
    about:
      'The flow took too much real time, or memory, and was stopped: the application was slow too often, or the flow does too much.',
  },
  CONFIG_NOT_VALID: {
    about:
      'The configuration has something in it that cannot be: the message names the file, the line and the column, what was found there and what was expected.',
  },
  DATA_NOT_WRITABLE: {
    about:
      'The data folder cannot be made, or nothing can be written into it. Name another one with `--data`, or let its owner start the server.',
  },
  SECRETS_NOT_READABLE: {
    about:
      'The credentials in the data folder cannot be decrypted: `secrets.key` is missing, or is not the one with which `secrets.json` was encrypted. Bring the key back, or remove both files and let callflow make new credentials.',
  },
  SERVER_PORT: {
    about:
      'The server cannot listen at this address: the port is taken, not allowed, or the host is not of this machine.',
  },
  SERVER_ENDING: {
    status: 503,
    about: 'The server has been told to end. It lets its calls finish and begins no new ones.',
  },
  REQUESTS_LIMIT: {
    status: 429,
    about:
      'The project makes more API requests in a minute than its limit allows (`limits.requestsPerMinute`). Wait as long as the header `retry-after` says.',
  },

  FLOW_NOT_VALID: { about: 'The flow has something in it that cannot be: the message names the file and the place.' },
  FLOW_NOT_FOUND: {
    about: 'There is no flow here: a flow is a folder with a `flow.yaml` or `flow.json`, or such a file.',
  },
  FLOW_ENDLESS: { about: 'The flow did not end within its limit of virtual time.' },
  BACKUP_FAILED: {
    about: 'The copy of the data folder could not be written. Nothing of it is left, and the data folder is as it was.',
  },
  FILES_BUSY: {
    status: 503,
    about:
      'So many recordings are waiting to be made into MP3 files that one more would wait too long. Ask again in a minute, or take the WAV file.',
  },
  FILE_NOT_READABLE: { about: 'A file or folder named on the command line is not there or cannot be read.' },
  FILE_NOT_WRITABLE: { about: 'A file named on the command line, such as a report, cannot be written there.' },
  USAGE: { about: 'The command line is not understood: the message says which word, and `--help` shows examples.' },
} as const satisfies Record<string, { about: string; status?: number }>;

export type ErrorCode = keyof typeof errors;

/** What the project throws, and nothing else. */
export class CallflowError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CallflowError';
    this.code = code;
  }

  get status(): number {
    const entry: { about: string; status?: number } = errors[this.code];
    return entry.status ?? 500;
  }
}
