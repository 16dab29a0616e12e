/** What calls leave behind: tables that look the same. */
const callProducts = (name: string) => `
  CREATE TABLE ${name} (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    family TEXT NOT NULL,
    call TEXT NOT NULL,
    state TEXT,
    create_time INTEGER NOT NULL,
    body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX ${name}_newest ON ${name} (project, create_time, id);
  CREATE INDEX ${name}_of_call ON ${name} (call);
  CREATE INDEX ${name}_of_family ON ${name} (family);
`;

const first = `
  CREATE TABLE journal (
    -- Of the first entry: a row has entries of one family that follow each other.
    seq INTEGER PRIMARY KEY,
    family TEXT NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX journal_of_family ON journal (family);

  CREATE TABLE families (
    id TEXT PRIMARY KEY,
    -- When something happened last.
    at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX families_silent ON families (at);

  CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    family TEXT NOT NULL,
    create_time INTEGER NOT NULL,
    "to" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    direction TEXT NOT NULL,
    transport TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX calls_newest ON calls (project, create_time, id);
  CREATE INDEX calls_of_family ON calls (family);
  CREATE INDEX calls_unended ON calls (id) WHERE state IN ('queued', 'starting', 'ringing', 'inProgress');

  ${['recordings', 'transcriptions', 'faxes'].map(callProducts).join('')}

  CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    family TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX deliveries_of_family ON deliveries (family);
  CREATE INDEX deliveries_undelivered ON deliveries (state, id) WHERE state <> 'delivered';

  CREATE TABLE resources (
    kind TEXT NOT NULL,
    project TEXT NOT NULL,
    id TEXT NOT NULL,
    parent TEXT,
    name TEXT,
    create_time INTEGER NOT NULL,
    delete_time INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, project, id)
  ) WITHOUT ROWID;
  CREATE INDEX resources_newest ON resources (kind, project, create_time, id);
  CREATE INDEX resources_named ON resources (kind, name) WHERE delete_time IS NULL;

  CREATE TABLE idempotency_keys (
    project TEXT NOT NULL,
    key TEXT NOT NULL,
    hash TEXT NOT NULL,
    call TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (project, key)
  ) WITHOUT ROWID;
  CREATE INDEX idempotency_keys_oldest ON idempotency_keys (at);

  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
`;

const second = `
  CREATE INDEX recordings_pending ON recordings (id) WHERE state = 'pending';
  -- Callbacks that were given up stayed behind when their families were forgotten: they are forgotten like these from now on.
  INSERT OR IGNORE INTO families (id, at)
    SELECT family, max(body ->> '$.createTime') FROM deliveries WHERE state = 'givenUp' GROUP BY family;
`;

const third = `
  CREATE TABLE conferences (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    family TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    create_time INTEGER NOT NULL,
    update_time INTEGER NOT NULL,
    body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX conferences_newest ON conferences (project, create_time, id);
  CREATE INDEX conferences_of_family ON conferences (family);
  CREATE INDEX conferences_unended ON conferences (id) WHERE state <> 'completed';

  CREATE TABLE participants (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    family TEXT NOT NULL,
    conference TEXT NOT NULL,
    call TEXT NOT NULL,
    state TEXT NOT NULL,
    create_time INTEGER NOT NULL,
    body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX participants_newest ON participants (conference, create_time, id);
  CREATE INDEX participants_of_family ON participants (family);
`;

const fourth = callProducts('messages');

const fifth = `
  CREATE TABLE recent (
    slot INTEGER PRIMARY KEY,
    -- Counts up; those up to the mark 'taken' are in the other tables already.
    number INTEGER NOT NULL,
    -- A piece of lines of JSON, each of which has what happened in one commit.
    body BLOB NOT NULL
  );
`;

/**
 * How a data file became what it is: the n-th makes version n. What has been released is never changed; its file stays
 * among the fixtures of the tests, so that it can be opened for ever.
 */
export const migrations: readonly string[] = [first, second, third, fourth, fifth];
