-- What another policy would change: jobs that decide again, kept with the release; and what a release counted that decided beside the active one.

create table impact_job (
  id            uuid primary key,
  release_id    text not null references release,
  against_id    text not null references release,
  recorded_days integer not null,
  sample        integer not null,
  population    boolean not null,
  client        text not null,
  as_of         timestamptz not null,        -- decides for the population; what was recorded lies before it
  state         text not null check (state in ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  done          bigint not null default 0,
  total         bigint not null default 0,
  report        bytea,                       -- canonical JSON, so far or final
  message       text,
  started_at    timestamptz not null default clock_timestamp(),
  heartbeat_at  timestamptz not null default clock_timestamp(),
  finished_at   timestamptz
);
create index impact_job_release on impact_job (release_id, id desc);

-- One row for each process that counts; readers add them up.
create table shadow_report (
  shadow_id  uuid not null,
  process_id uuid not null,
  report     bytea not null,                 -- canonical JSON
  updated_at timestamptz not null default clock_timestamp(),
  primary key (shadow_id, process_id)
);
