-- Notifications are taken for one endpoint at a time, recalls before all others: who does not hear of one in time sends
-- to somebody who said no.
create index notification_turn on notification (endpoint, (kind <> 'touch.recalled'), due_at)
  where delivered_at is null and given_up_at is null;
drop index notification_due;
