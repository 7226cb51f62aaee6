-- The scheduler: who is looked at next, what was handed over to whom, and what people do by hand.

-- Every person has one next look at most. Whoever takes it holds a lease by the database's clock; a look that fails again
-- and again is parked for a person to see.
create table next_look (
  person_id     text primary key references person on delete cascade,
  due_at        timestamptz not null,
  ready_channel text,                          -- a touch on that channel waits for a platform that asks
  ready_since   timestamptz,
  contact_id    text,                          -- of the last look: whose decision counted, and what it was
  verdict       text,
  reasons       text[] not null default '{}',
  sequence      text,
  looked_at     timestamptz,
  lease_until   timestamptz,
  lease_epoch   bigint not null default 0,
  claims        integer not null default 0,    -- since the last look that ended
  parked_at     timestamptz,
  parked_reason text
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
create index next_look_due on next_look (due_at) where parked_at is null;
create index next_look_ready on next_look (ready_channel, ready_since) where ready_channel is not null;
create index next_look_parked on next_look (parked_at) where parked_at is not null;

-- Touches that the service makes itself have a state besides the outcome that facts tell:
-- leased (to a platform that asked), sending (that platform may send), handing_over (we are sending), task (a person does
-- it), handed_over, in_doubt, and final: done, rejected, released (nothing was sent; it may be made again under the same
-- id), withheld, unknown (nobody knows; it counts as sent).
alter table touch add column state text check (state in ('leased', 'sending', 'handing_over', 'task', 'handed_over',
    'in_doubt', 'done', 'rejected', 'released', 'withheld', 'unknown'));
alter table touch add column route text;             -- pull, task, or the name of a platform
alter table touch add column client text;            -- who leased or confirmed it
alter table touch add column attempt integer not null default 0;
alter table touch add column lease_until timestamptz;      -- by the database's clock
alter table touch add column send_not_after timestamptz;
alter table touch add column watch_until timestamptz;      -- what was not told by then is doubtful, and later unknown
alter table touch add column incentive text;               -- granted with it, as long as it counts
alter table touch add column confirm_key text;             -- of the request that may send it
create index touch_lease on touch (lease_until) where lease_until is not null;
create index touch_watch on touch (watch_until) where watch_until is not null;

-- Which decision made a touch known under its id.
alter table decision add column touch_id text;
create index decision_touch on decision (touch_id) where touch_id is not null;

-- Kill switches. They act where a touch is reserved.
create table stop (
  id         uuid primary key,
  kind       text not null check (kind in ('everything', 'program', 'channel', 'sequence')),
  name       text,                                  -- which program, channel or sequence; null for everything
  reason     text not null,
  client     text not null,
  since      timestamptz not null default clock_timestamp(),
  lifted_at  timestamptz,
  lifted_by  text,
  check ((kind = 'everything') = (name is null))
);
create index stop_active on stop (since) where lifted_at is null;

-- What people do by hand: touches on the phone and on LinkedIn, and follow-ups of those who said yes.
create table task (
  id            uuid primary key,
  kind          text not null check (kind in ('touch', 'follow_up')),
  contact_id    text not null references contact,
  touch_id      text references touch,
  decision_id   uuid not null,
  channel       text,
  reason        text not null,                      -- what for: the purpose of the step, or why a person takes over
  due_by        timestamptz,                        -- of no use later
  created_at    timestamptz not null default clock_timestamp(),
  claimed_by    text,
  claimed_until timestamptz,                        -- by the database's clock
  done_at       timestamptz,
  done_by       text,
  disposition   text,
  note          bytea,                              -- encrypted
  note_key      text references identity_key
);
create index task_open on task (due_by) where done_at is null;
create index task_contact on task (contact_id);
create unique index task_touch on task (touch_id) where touch_id is not null and done_at is null;

-- What others are told, each until they have taken it: system events, which may come twice under one id.
create table notification (
  id           uuid primary key,
  endpoint     text not null,
  kind         text not null,
  subject      text,                                -- the contact or touch that it is about
  body         bytea not null,
  due_at       timestamptz not null default clock_timestamp(),
  attempts     integer not null default 0,
  lease_until  timestamptz,
  created_at   timestamptz not null default clock_timestamp(),
  delivered_at timestamptz,
  given_up_at  timestamptz,
  message      text
);
create index notification_due on notification (due_at) where delivered_at is null and given_up_at is null;
create index notification_done on notification ((coalesce(delivered_at, given_up_at))) where delivered_at is not null or given_up_at is not null;
