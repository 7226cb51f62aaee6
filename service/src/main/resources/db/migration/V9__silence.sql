-- Who was asked for permission again, and when: looked through every hour, and few of all touches.
create index touch_re_permission on touch (at) where sequence = 're_permission';
