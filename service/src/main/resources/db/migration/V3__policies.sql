-- How a policy comes to decide: drafted, submitted, approved by a second person, switched to in all processes at once.

-- Who holds the keys of a client. Clients of one person count as one where two persons are needed.
alter table api_client add column person text;
update api_client set person = name;
alter table api_client alter column person set not null;

-- Where a release stands. Its content never changes: what was uploaded anew has another id.
create table release_state (
  release_id       text primary key references release,
  base_id          text references release,          -- what it was drafted from; null for the first release
  state            text not null
                   check (state in ('draft', 'submitted', 'approved', 'rejected', 'scheduled', 'active', 'retired')),
  title            text,
  findings         bytea not null,                   -- canonical JSON, as found when it was uploaded
  errors           integer not null,
  warnings         integer not null,
  approver_person  text,
  approver_client  text references api_client,
  uploaded_at      timestamptz not null default clock_timestamp(),
  changed_at       timestamptz not null default clock_timestamp()
);
create index release_state_uploaded on release_state (uploaded_at desc);

-- Everybody who had a hand in a release: who uploaded it, and the authors of what was merged into it.
create table release_author (
  release_id text not null references release_state,
  person     text not null,
  client     text not null references api_client,
  since      timestamptz not null default clock_timestamp(),
  primary key (release_id, person, client)
);

-- What was done with a release, by whom and why.
create table release_event (
  id         uuid primary key,
  release_id text not null references release_state,
  at         timestamptz not null default clock_timestamp(),
  action     text not null,
  client     text not null,
  person     text not null,
  comment    text
);
create index release_event_release on release_event (release_id, id);

-- Switches of the active release, asked for, announced, done or not.
create table activation (
  id           bigint generated always as identity primary key,
  release_id   text not null references release_state,
  kind         text not null check (kind in ('activation', 'roll_back')),
  state        text not null check (state in ('waiting', 'announced', 'done', 'failed', 'cancelled')),
  wanted_at    timestamptz not null,
  switch_at    timestamptz,                          -- once announced: every process decides by it from then on
  client       text not null,
  person       text not null,
  comment      text,
  message      text,                                 -- why it failed
  requested_at timestamptz not null default clock_timestamp(),
  finished_at  timestamptz
);
create unique index activation_open on activation (release_id) where state in ('waiting', 'announced');
create unique index activation_announced on activation ((true)) where state = 'announced';

-- Processes that decide. Only a process that has compiled a release can switch to it.
create table service_process (
  id           uuid primary key,
  heartbeat_at timestamptz not null default clock_timestamp(),
  prepared     text[] not null default '{}',
  refused      jsonb not null default '{}'           -- release: why it could not be compiled
);

-- A release that decides for some persons before it decides for all.
create table pilot (
  id         uuid primary key,
  release_id text not null references release_state,
  share      numeric not null check (share between 0 and 1),
  starts_at  timestamptz not null,
  ends_at    timestamptz,
  client     text not null,
  person     text not null,
  end_reason text
);
create unique index pilot_running on pilot ((true)) where ends_at is null;
create table pilot_person (
  pilot_id  uuid not null references pilot,
  person_id text not null,
  primary key (pilot_id, person_id)
);

-- A release that decides beside the active one without effect.
create table shadow (
  id         uuid primary key,
  release_id text not null references release_state,
  starts_at  timestamptz not null default clock_timestamp(),
  ends_at    timestamptz,
  client     text not null,
  person     text not null,
  end_reason text
);
create unique index shadow_running on shadow ((true)) where ends_at is null;

-- The release of a store from before this version was put there by the operator, with nothing to approve it against.
insert into release_state (release_id, state, findings, errors, warnings)
select release_id, 'active', convert_to('[]', 'UTF8'), 0, 0 from active_release;

-- A second look for the service: whatever its code does, these hold.
create function guard_release_state() returns trigger language plpgsql as $$
begin
  if new.release_id <> old.release_id or new.base_id is distinct from old.base_id or new.errors <> old.errors
      or new.findings <> old.findings then
    raise exception 'what a release is does not change' using errcode = 'integrity_constraint_violation';
  end if;
  if new.state <> old.state and (old.state, new.state) not in (
      ('draft', 'submitted'), ('submitted', 'draft'), ('submitted', 'approved'), ('submitted', 'rejected'),
      ('approved', 'scheduled'), ('approved', 'rejected'), ('approved', 'active'), ('scheduled', 'approved'),
      ('scheduled', 'active'), ('active', 'retired'), ('retired', 'active')) then
    raise exception 'a release does not go from % to %', old.state, new.state
        using errcode = 'integrity_constraint_violation';
  end if;
  if new.state <> old.state and new.state in ('submitted', 'approved', 'scheduled') and new.errors > 0 then
    raise exception 'a release with errors is not approved' using errcode = 'integrity_constraint_violation';
  end if;
  if old.approver_person is not null and old.state <> 'submitted'
      and (new.approver_person is distinct from old.approver_person
           or new.approver_client is distinct from old.approver_client) then
    raise exception 'who approved a release does not change' using errcode = 'integrity_constraint_violation';
  end if;
  -- Going back to what was active before must never wait for anything.
  if new.state <> old.state and old.state <> 'retired' and new.state in ('approved', 'scheduled', 'active')
      and new.approver_person is null then
    raise exception 'nobody approved the release' using errcode = 'integrity_constraint_violation';
  end if;
  -- Asked once more while there is time to refuse; at the switch itself all processes decide by it already.
  if new.state <> old.state and new.state in ('approved', 'scheduled') and exists (
      select from release_author author
        join api_client client on client.name = author.client
       where author.release_id = new.release_id
         and (new.approver_person in (author.person, client.person) or author.client = new.approver_client)) then
    raise exception 'an author does not approve their own release' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;
create trigger guarded before update on release_state for each row execute function guard_release_state();

do $$
declare
  ledger text;
begin
  foreach ledger in array array['release_author', 'release_event', 'pilot_person'] loop
    execute format('create trigger append_only before update or delete on %I for each row execute function refuse_change()', ledger);
    execute format('create trigger append_only_truncate before truncate on %I for each statement execute function refuse_change()', ledger);
  end loop;
end
$$;
create trigger not_deleted before delete on release_state for each row execute function refuse_change();
create trigger not_truncated before truncate on release_state for each statement execute function refuse_change();

-- Set once all processes have compiled the next release: from then on the instant of the switch is known everywhere.
alter table active_release add column next_id text references release;
alter table active_release add column next_at timestamptz;
alter table active_release add column activation_id bigint references activation;
alter table active_release add constraint next_whole check ((next_id is null) = (next_at is null));
