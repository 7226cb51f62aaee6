-- The store, DESIGN.md section 4. Ledgers are append-only: what was once known stays known. A ledger row carries the
-- contact and the address it is about; the person is looked up through contact_person, so that a merge can be undone.

-- Keys of identifiers: which keys the rows below were written with. The keys themselves lie outside the database.
create table identity_key (
  id          text primary key,
  purpose     text not null check (purpose in ('encryption', 'lookup')),
  fingerprint bytea not null,                 -- recognises the key; a lost or exchanged one stops the start
  created_at  timestamptz not null default clock_timestamp(),
  retired_at  timestamptz                     -- writes no more; look-ups still try it
);

create table address (
  id             bigint generated always as identity primary key,
  kind           text not null check (kind in ('email', 'phone', 'handle')),
  ciphertext     bytea not null,
  encryption_key text not null references identity_key,
  normaliser     smallint not null,           -- version of the rules that brought the text to its one form
  created_at     timestamptz not null default clock_timestamp()
);

create table address_lookup (
  kind       text not null,
  key_id     text not null references identity_key,
  hmac       bytea not null,
  address_id bigint not null references address,
  primary key (key_id, hmac, kind)
);
create index address_lookup_address on address_lookup (address_id);

create table person (
  id          text primary key,
  subject_ref uuid not null unique default gen_random_uuid(),   -- names the person in the audit log and nowhere else
  created_at  timestamptz not null default clock_timestamp()
);

-- The record of the system of record as it told us last.
create table contact (
  id                     text primary key,
  source                 text not null default 'crm',   -- which system told it
  content                bytea not null,                -- SHA-256 of what it told: equal means nothing new
  declared_person        text,
  account_id             text,
  program                text,
  business               text,
  language               text,
  subscriber_type        text,
  relationship           text,
  country                text,                          -- of the record: telephone numbers without one are read by it
  jurisdictions          text[] not null default '{}',
  time_zones             text[] not null default '{}',
  lead_source            text,
  status_at_last_touch   text,
  last_touch_channel     text,
  last_engagement_at     timestamptz,
  last_inquiry_at        timestamptz,
  last_inbound_at        jsonb not null default '{}',
  do_not_contact_scope   text[] not null default '{}',
  global_privacy_control boolean not null default false,
  tags                   text[] not null default '{}',
  funnel                 text,
  last_login_at          timestamptz,
  currency               text,
  lifetime_value         numeric,
  acquisition_cost       numeric,
  gross_margin_rate      numeric,
  facts_summary          jsonb,                         -- what a whole facts document told in sums; null for a record
  updated_at             timestamptz not null default clock_timestamp()
) with (fillfactor = 85);
create index contact_declared_person on contact (declared_person) where declared_person is not null;

create table contact_person (
  contact_id text primary key references contact,
  person_id  text not null references person,
  since      timestamptz not null default clock_timestamp()
);
create index contact_person_person on contact_person (person_id);

-- Why nothing is decided for a contact: a row about it could not be read, and facts that lack it could permit too much.
-- Lifted when a later import of the same type has only good rows about the contact.
create table contact_hold (
  contact_id text not null references contact,
  type       text not null,
  reason     text not null,
  since      timestamptz not null default clock_timestamp(),
  primary key (contact_id, type)
);

-- By which channels a contact can be reached: state is the contract's reach code; the address may be unknown to us.
create table contact_address (
  contact_id text not null references contact,
  channel    text not null,
  state      text,                                       -- null: the contract has no word for it
  address_id bigint references address,
  primary key (contact_id, channel)
);
create index contact_address_address on contact_address (address_id) where address_id is not null;

-- Ledgers. content is the SHA-256 of the row as it was told: the same row told again is harmless. Where a row may be
-- told anew with other content (consent, suppression, incentive_grant, trigger_event) each telling that differs from the
-- one before it is a version: a row that goes back to what it was must count again, so content alone is not unique.

create table consent (
  id                   bigint generated always as identity primary key,
  contact_id           text not null references contact,
  address_id           bigint references address,       -- null: the address that the contact has now
  channel              text not null,
  basis                text not null,
  captured_at          timestamptz,
  method               text,
  text_shown           boolean,
  source               text,
  proof_hash           text,
  proof_uri            bytea,                            -- encrypted: a link can name a person
  proof_uri_key        text references identity_key,
  notice_at_collection boolean,
  withdrawn_at         timestamptz,
  content              bytea not null,
  recorded_at          timestamptz not null default clock_timestamp()
);
create index consent_contact on consent (contact_id, id);

create table suppression (
  id          bigint generated always as identity primary key,
  contact_id  text not null references contact,
  scope       text not null,
  reason      text not null,
  since       timestamptz not null,
  until       timestamptz,
  content     bytea not null,
  recorded_at timestamptz not null default clock_timestamp()
);
create index suppression_contact on suppression (contact_id, id);

create table response (
  id          bigint generated always as identity primary key,
  contact_id  text not null references contact,
  source_id   text not null,                             -- the source's own id, or the hash of the row
  at          timestamptz not null,
  channel     text,
  kind        text not null,
  disposition text,
  recorded_at timestamptz not null default clock_timestamp(),
  unique (contact_id, source_id)
);

create table registry_answer (
  id          bigint generated always as identity primary key,
  contact_id  text not null references contact,
  registry    text not null,
  answer      text not null,
  checked_at  timestamptz not null,
  content     bytea not null,
  recorded_at timestamptz not null default clock_timestamp(),
  unique (contact_id, content)
);

create table incentive_grant (
  id          bigint generated always as identity primary key,
  contact_id  text not null references contact,
  code        text not null,
  granted_at  timestamptz not null,
  redeemed    boolean,
  content     bytea not null,
  recorded_at timestamptz not null default clock_timestamp()
);
create index incentive_grant_contact on incentive_grant (contact_id, id);

create table win_back (
  id          bigint generated always as identity primary key,
  contact_id  text not null references contact,
  at          timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  unique (contact_id, at)
);

create table trigger_event (
  id          bigint generated always as identity primary key,
  contact_id  text not null references contact,
  kind        text not null,
  topic       text,
  at          timestamptz not null,
  matches_gap boolean,
  content     bytea not null,
  recorded_at timestamptz not null default clock_timestamp()
);
create index trigger_event_contact on trigger_event (contact_id, id);

-- Rows of the system of record that it may change, by its own ids.

create table subscription (
  contact_id         text not null references contact,
  id                 text not null,
  status             text,
  ended_at           timestamptz,
  reason             text,
  usage_last_30_days bigint,
  primary key (contact_id, id)
);

create table purchase (
  contact_id text not null references contact,
  id         text not null,
  ordered_at timestamptz not null,
  amount     numeric,
  currency   text,
  cancelled  boolean,
  primary key (contact_id, id)
);

create table deal (
  contact_id   text not null references contact,
  id           text not null,
  stage        text,
  outcome      text,
  closed_at    timestamptz,
  loss_reason  text,
  quoted_price numeric,
  primary key (contact_id, id)
);

create table meeting (
  contact_id    text not null references contact,
  id            text not null,
  scheduled_for timestamptz,
  status        text,
  primary key (contact_id, id)
);

create table escalation (
  id         bigint generated always as identity primary key,
  contact_id text not null references contact,
  opened_at  timestamptz not null,
  closed_at  timestamptz
);
create index escalation_contact on escalation (contact_id);

-- Touches: touch is the state, touch_event the ledger of how it came about.

create table touch (
  id          text primary key,
  contact_id  text not null references contact,
  address_id  bigint references address,
  sequence    text not null,
  step        integer not null,
  channel     text not null,
  at          timestamptz not null,
  outcome     text not null,
  decision_id uuid,
  created_at  timestamptz not null default clock_timestamp(),
  updated_at  timestamptz not null default clock_timestamp()
) with (fillfactor = 70);
create index touch_contact on touch (contact_id);

create table touch_event (
  id          bigint generated always as identity primary key,
  touch_id    text not null references touch,
  at          timestamptz not null,
  outcome     text not null,
  detail      jsonb,
  recorded_at timestamptz not null default clock_timestamp()
);
create index touch_event_touch on touch_event (touch_id);

-- A person has one open journey at most; the latest is the one that counts.
create table journey (
  id           bigint generated always as identity primary key,
  contact_id   text not null references contact,
  sequence     text not null,
  entered_at   timestamptz not null,
  paused_until timestamptz,
  ended_at     timestamptz,
  end_reason   text,
  unique (contact_id, sequence, entered_at)
);

create table channel_health (
  channel text primary key,
  state   text not null check (state in ('ok', 'warned', 'paused')),
  since   timestamptz not null default clock_timestamp()
);

-- Releases: every byte that a decision depends on, never deleted while one names it.

create table release (
  id         text primary key,
  manifest   text not null,                  -- hashes to the id
  engine     text not null,
  zones      text not null,                  -- frozen zone data
  created_at timestamptz not null default clock_timestamp()
);

create table release_workbook (
  release_id text not null references release,
  name       text not null,
  bytes      bytea not null,
  primary key (release_id, name)
);

create table active_release (
  single     boolean primary key default true check (single),
  release_id text not null references release,
  since      timestamptz not null default clock_timestamp()
);

-- Decisions and the audit log: partitioned by month of their UUIDv7 ids (partitions are made ahead by the service).

create table decision (
  id          uuid not null,
  contact_id  text not null,
  release_id  text not null,
  as_of       timestamptz not null,
  verdict     text not null,
  recheck_at  timestamptz,
  facts       bytea not null,                -- canonical JSON
  outcome     bytea not null,                -- canonical JSON with id and touch id, as it was answered
  salt        bytea not null,                -- of the two hashes in the audit event; erased with the documents
  client      text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (id)
) partition by range (id);
create index decision_contact on decision (contact_id, id desc);

create table audit_event (
  id          uuid not null,
  xid         xid8 not null default pg_current_xact_id(),
  kind        text not null,
  subject_ref uuid,
  body        bytea not null,                -- canonical JSON without direct identifiers
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (id)
) partition by range (id);
create index audit_event_xid on audit_event (xid, id);

-- Who may call.

create table api_client (
  name        text primary key,
  roles       text[] not null,
  created_at  timestamptz not null default clock_timestamp(),
  disabled_at timestamptz
);

create table api_key (
  id           text primary key,             -- the key's public part
  client       text not null references api_client,
  hash         bytea not null unique,        -- SHA-256 of the whole key, which is 256 random bits
  created_at   timestamptz not null default clock_timestamp(),
  revoked_at   timestamptz,
  last_used_at timestamptz
);
create index api_key_client on api_key (client);

create table idempotency_key (
  client       text not null,
  operation    text not null,                -- method and path template
  key          text not null,
  fingerprint  bytea not null,               -- SHA-256 of the request
  status       integer not null,
  content_type text not null,
  answer       bytea not null,
  created_at   timestamptz not null default clock_timestamp(),
  primary key (client, operation, key)
);
create index idempotency_key_created on idempotency_key (created_at);

-- Imports.

create table import_job (
  id             uuid primary key,
  type           text not null,
  file_name      text not null,
  client         text not null,
  state          text not null check (state in ('running', 'done', 'failed', 'interrupted')),
  rows_read      bigint not null default 0,
  rows_changed   bigint not null default 0,
  rows_unchanged bigint not null default 0,
  errors         bigint not null default 0,
  warnings       bigint not null default 0,
  message        text,
  started_at     timestamptz not null default clock_timestamp(),
  heartbeat_at   timestamptz not null default clock_timestamp(),
  finished_at    timestamptz
);

create table import_finding (
  import_id uuid not null references import_job,
  number    bigint not null,
  severity  text not null,
  file      text not null,
  line      bigint not null,
  col       text,
  found     text,
  message   text not null,
  primary key (import_id, number)
);

-- Ledgers take new rows and nothing else. Erasure is an operation of its own that names itself before it starts.
create function refuse_change() returns trigger language plpgsql as $$
begin
  if current_setting('rekindle.erasure', true) = 'on' then
    return coalesce(new, old);
  end if;
  raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = 'integrity_constraint_violation';
end
$$;

do $$
declare
  ledger text;
begin
  foreach ledger in array array['consent', 'suppression', 'response', 'registry_answer', 'incentive_grant', 'win_back',
      'trigger_event', 'touch_event', 'decision', 'audit_event', 'release', 'release_workbook'] loop
    execute format('create trigger append_only before update or delete on %I for each row execute function refuse_change()', ledger);
    execute format('create trigger append_only_truncate before truncate on %I for each statement execute function refuse_change()', ledger);
  end loop;
end
$$;
