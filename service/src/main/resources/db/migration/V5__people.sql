-- People: who is whom, what they said, and what they said no to.

-- What somebody decided about who is whom, with a reason. Undone, it stays and says so.
create table identity_change (
  id          uuid primary key,
  kind        text not null check (kind in ('merge', 'split')),
  reason      text not null,
  client      text not null,
  made_at     timestamptz not null default clock_timestamp(),
  undone_at   timestamptz,
  undone_by   text,
  undo_reason text
);

create table identity_change_contact (
  change_id     uuid not null references identity_change,
  contact_id    text not null references contact,
  person_before text,                          -- whom the contact was pinned to before; null: to nobody
  change_before uuid references identity_change,
  person_after  text not null,
  primary key (change_id, contact_id)
);
create index identity_change_contact_contact on identity_change_contact (contact_id);

-- Whose a contact is by such a decision, whatever its addresses and its system of record say.
create table contact_pin (
  contact_id text primary key references contact,
  person_id  text not null,
  change_id  uuid not null references identity_change
);
create index contact_pin_person on contact_pin (person_id);

-- Each time that a contact came to another person, and why.
create table person_move (
  id          bigint generated always as identity primary key,
  contact_id  text not null,
  from_person text not null,
  to_person   text not null,
  reason      text not null check (reason in ('decided', 'declared', 'shared_address', 'no_shared_address')),
  moved_at    timestamptz not null default clock_timestamp()
);
create index person_move_contact on person_move (contact_id, id);

-- What holds for an address, on whatever record it stands or will stand: scope is a channel, or all.
create table address_suppression (
  id          bigint generated always as identity primary key,
  address_id  bigint not null references address,
  scope       text not null,
  reason      text not null,
  since       timestamptz not null,
  until       timestamptz,
  recorded_at timestamptz not null default clock_timestamp()
);
create index address_suppression_address on address_suppression (address_id, id);

-- The same of addresses that were erased: no more than their keyed hash is left.
create table erased_suppression (
  kind        text not null,
  key_id      text not null references identity_key,
  hmac        bytea not null,
  scope       text not null,
  reason      text not null,
  since       timestamptz not null,
  until       timestamptz,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (key_id, hmac, kind, scope, reason, since)
);

-- Every no, with its clock. The contact is null once its person was erased.
create table revocation (
  id              bigint generated always as identity primary key,
  contact_id      text references contact,
  channel         text,                        -- on which it came; null: on none of ours
  scope           text[] not null,             -- what it ends: channels, or all
  reason          text not null,
  source          text not null,
  source_id       text not null,
  row_reference   text,                        -- what decided its scope
  rule            text,
  received_at     timestamptz not null,
  effective_at    timestamptz not null default clock_timestamp(),
  legal_deadline  timestamptz,                 -- the earliest that a law sets for that channel; null: none does
  strict_deadline timestamptz,
  deadlines       text not null,               -- canonical JSON: each with its row; empty: as the report finds them
  note            bytea,                       -- what was said, encrypted
  note_key        text references identity_key
);
create index revocation_contact on revocation (contact_id, id);
create index revocation_received on revocation (received_at);

-- What people wrote, and what it was read as.
create table reply (
  id            uuid primary key,
  contact_id    text not null references contact,
  source        text not null,
  source_id     text not null,
  at            timestamptz not null,
  channel       text,
  meaning       text not null,
  row_reference text,
  rule          text,
  body          bytea not null,                -- encrypted
  body_key      text not null references identity_key,
  review        boolean not null,              -- a person should read it
  recorded_at   timestamptz not null default clock_timestamp()
);
create index reply_contact on reply (contact_id);
create index reply_review_wanted on reply (recorded_at) where review;

create table reply_review (
  reply_id    uuid primary key references reply,
  outcome     text not null check (outcome in ('stands', 'no_opt_out')),
  comment     text,
  client      text not null,
  reviewed_at timestamptz not null default clock_timestamp()
);

-- Events: which were taken in, and those about contacts that the store does not know yet.
create table event_seen (
  source  text not null,
  id      text not null,
  seen_at timestamptz not null default clock_timestamp(),
  primary key (source, id)
);
create index event_seen_seen on event_seen (seen_at);

create table event_aside (
  id          bigint generated always as identity primary key,
  source      text not null,
  event_id    text not null,
  contact_id  text,
  address_id  bigint references address,
  body        bytea not null,                  -- encrypted
  body_key    text not null references identity_key,
  received_at timestamptz not null default clock_timestamp()
);
create index event_aside_contact on event_aside (contact_id) where contact_id is not null;
create index event_aside_address on event_aside (address_id) where address_id is not null;

-- What was shown to somebody who consented on a page of ours, encrypted.
create table consent_proof (
  hash         text primary key,
  contact_id   text not null references contact,
  document     bytea not null,
  document_key text not null references identity_key,
  recorded_at  timestamptz not null default clock_timestamp()
);
create index consent_proof_contact on consent_proof (contact_id);

-- Whose person was erased keeps the proof that a decision was made, and none of what it was made of.
alter table decision alter column facts drop not null;
alter table decision alter column outcome drop not null;
alter table decision alter column salt drop not null;
alter table decision add column erased_at timestamptz;

do $$
declare
  ledger text;
begin
  foreach ledger in array array['person_move', 'address_suppression', 'erased_suppression', 'revocation', 'reply',
      'reply_review', 'consent_proof'] loop
    execute format('create trigger append_only before update or delete on %I for each row execute function refuse_change()', ledger);
    execute format('create trigger append_only_truncate before truncate on %I for each statement execute function refuse_change()', ledger);
  end loop;
end
$$;

-- A decision that commits after a no must not ignore it, though deciding takes no person's lock. Whatever forbids takes
-- the stripe of its person until it has committed; a decision is recorded only with its stripe free, and only if
-- nothing that forbids came after its facts were read. Stripes bound the number of locks of a long transaction.

create function restriction_stripe(person text) returns integer language sql immutable strict parallel safe as
  $$ select (hashtextextended(person, 0) & 2047)::integer $$;

create function take_stripes(persons text[]) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7300, stripe)
     from (select distinct restriction_stripe(p.id) as stripe from unnest(persons) as p(id) order by 1) as wanted;
end
$$;

create function restrict_suppressed() returns trigger language plpgsql as $$
begin
  perform take_stripes(array(select distinct cp.person_id from told t join contact_person cp on cp.contact_id = t.contact_id));
  return null;
end
$$;
create trigger restricts after insert on suppression referencing new table as told
  for each statement execute function restrict_suppressed();

create function restrict_withdrawn() returns trigger language plpgsql as $$
begin
  perform take_stripes(array(select distinct cp.person_id from told t join contact_person cp on cp.contact_id = t.contact_id
                              where t.withdrawn_at is not null));
  return null;
end
$$;
create trigger restricts after insert on consent referencing new table as told
  for each statement execute function restrict_withdrawn();

create function restrict_addresses() returns trigger language plpgsql as $$
begin
  perform take_stripes(array(select distinct cp.person_id
                               from told t
                               join contact_address ca on ca.address_id = t.address_id
                               join contact_person cp on cp.contact_id = ca.contact_id));
  return null;
end
$$;
create trigger restricts after insert on address_suppression referencing new table as told
  for each statement execute function restrict_addresses();

create function restrict_recorded() returns trigger language plpgsql as $$
begin
  perform take_stripes(array(select distinct cp.person_id from told t join contact_person cp on cp.contact_id = t.id
                              where cardinality(t.do_not_contact_scope) > 0 or t.global_privacy_control));
  return null;
end
$$;
create trigger restricts after update on contact referencing new table as told
  for each statement execute function restrict_recorded();

-- A contact that comes to a person brings what it forbids.
create function restrict_joined() returns trigger language plpgsql as $$
begin
  perform take_stripes(array(select distinct t.person_id from told t
                              where exists (select from contact_person other
                                             where other.person_id = t.person_id and other.contact_id <> t.contact_id)));
  return null;
end
$$;
create trigger restricts_new after insert on contact_person referencing new table as told
  for each statement execute function restrict_joined();
create trigger restricts_moved after update on contact_person referencing new table as told
  for each statement execute function restrict_joined();

-- Imports that were tried and stored nothing.
alter table import_job add column dry_run boolean not null default false;
