-- Rows of the ledger are written by the statement that has just written the touch or locked it: checking that the touch
-- exists would lock it once more for each of them.
alter table touch_event drop constraint touch_event_touch_id_fkey;

-- Asked every second for each platform that can be asked.
create index touch_in_doubt on touch (route, watch_until) where state = 'in_doubt' and watch_until is not null;

-- Each touch leaves a dead row and its index entries; without this, millions of them would wait for their turn.
alter table touch set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
