-- Counts how often somebody was woken: a look that ends sees by it whether something was written since it read the
-- facts, and is followed by another one at once.
alter table next_look add column wakes bigint not null default 0;
