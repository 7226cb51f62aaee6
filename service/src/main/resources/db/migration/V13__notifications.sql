-- Notifications are taken for one endpoint at a time, recalls before all others: who does not hear of one in time sends
-- to somebody who said no.
create index notification_turn on notification (endpoint, (kind <> 'touch.recalled'), due_at)
  where delivered_at is null and given_up_at is null;
drop index notification_due;

-- Those whom a kill switch held back are woken after it was lifted, some at a time in the order of their ids, by whichever
-- process comes to it: while it is lifted, nobody can reserve anything.
alter table stop add column woken_at timestamptz;    -- all of them
alter table stop add column woken_to text;           -- those up to this person, while it goes on
update stop set woken_at = lifted_at where lifted_at is not null;
create index stop_unwoken on stop (lifted_at) where lifted_at is not null and woken_at is null;
create index next_look_stopped on next_look (person_id) where reasons @> array['stopped'];

-- When the first and the last of the unlogged touches of a list were accepted: a later list ends their alarm if it covers
-- them.
alter table reconciliation add column unlogged_from timestamptz;
alter table reconciliation add column unlogged_to timestamptz;
create index reconciliation_unlogged on reconciliation (route) where theirs_only > 0;

-- By these a person is forgotten, and an address that nobody has any more; without them whole tables are gone through,
-- also where a row goes that others may refer to.
create index notification_subject on notification (subject) where subject is not null;
create index task_of_touch on task (touch_id) where touch_id is not null;
create index consent_address on consent (address_id) where address_id is not null;
create index touch_address on touch (address_id) where address_id is not null;
create index pilot_person_person on pilot_person (person_id);
