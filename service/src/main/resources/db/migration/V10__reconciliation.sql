-- What platforms say that they accepted, held against what was handed over; and alarms, each once for all processes.

-- One row for each list that was compared. Of the last of a route (and of a client that asks for touches) its unlogged
-- touches raise an alarm.
create table reconciliation (
  id          uuid primary key,
  route       text not null,                   -- pull or the name of a platform
  client      text,                            -- whose list it was, if the route is pull
  span_from   timestamptz not null,
  span_to     timestamptz not null,
  listed      integer not null,
  known       integer not null,
  ours_only   integer not null,
  theirs_only integer not null,
  caller      text not null,
  recorded_at timestamptz not null default clock_timestamp()
);
create index reconciliation_route on reconciliation (route, client, recorded_at);

-- Touches of a span are found without an index that every reservation would have to keep.
create index touch_at on touch using brin (at);

-- An alarm that is raised. Whichever process sees it first writes the row and tells; whichever sees it over deletes it.
create table alarm (
  name  text primary key,
  text  text not null,
  since timestamptz not null default clock_timestamp()
);
