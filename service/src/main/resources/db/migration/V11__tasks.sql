-- Whether somebody took a task after somebody else had it: then nobody alone can say that it was not done.
alter table task add column passed_on boolean not null default false;

update task k set passed_on = true
  from touch t
 where t.id = k.touch_id and k.done_at is null and t.client <> k.claimed_by;

-- When the last yes was said that a follow-up answers; of earlier ones, the latest when they were made.
alter table task add column said_at timestamptz;
