-- A row at least in every table, with values that are awkward to copy.
insert into identity_key (id, purpose, fingerprint) values ('k1', 'encryption', '\x00ff'), ('k2', 'lookup', '\x01');
insert into address (kind, ciphertext, encryption_key, normaliser)
  select 'email', decode(lpad(to_hex(n), 8, '0'), 'hex'), 'k1', 1 from generate_series(1, 2000) n;
insert into address_lookup (kind, key_id, hmac, address_id) select 'email', 'k2', ciphertext, id from address;
insert into person (id) values ('p-1'), ('P-1'), ('ö'), (E'tab\tback\\slash\nline');
insert into contact (id, content, declared_person, jurisdictions, tags, last_engagement_at, lifetime_value, last_inbound_at)
  values ('c-1', '\xdeadbeef', 'Zoë "quoted"', '{US-FL,"a,b",NULL}', '{}', '2026-03-10T15:00:00.123456Z', 4200.10, '{"whatsapp": "2026-03-10T08:00:00Z"}'),
         ('c-2', '\x', null, '{}', '{}', '-infinity', null, '{}');
insert into contact_person (contact_id, person_id) values ('c-1', 'p-1'), ('c-2', 'ö');
insert into contact_hold (contact_id, type, reason) values ('c-1', 'consents', E'line 1\nline 2');
insert into contact_address (contact_id, channel, state, address_id) values ('c-1', 'email', 'valid', 1), ('c-1', 'sms', 'mobile', null);
insert into consent (contact_id, address_id, channel, basis, text_shown, proof_uri, proof_uri_key, content) values ('c-1', 1, 'email', 'express', true, '\x01', 'k1', '\x02');
insert into suppression (contact_id, scope, reason, since, content) values ('c-1', 'sms', 'opt_out', '2026-01-04T09:00:00Z', '\x03');
insert into response (contact_id, source_id, at, kind) values ('c-1', 's', '2026-01-04T09:00:00Z', 'click');
insert into registry_answer (contact_id, registry, answer, checked_at, content) values ('c-1', 'us_dnc', 'no', '2026-01-04T09:00:00Z', '\x04');
insert into incentive_grant (contact_id, code, granted_at, redeemed, content) values ('c-1', 'x', '2026-01-04T09:00:00Z', null, '\x05');
insert into win_back (contact_id, at) values ('c-1', '2024-09-01T00:00:00Z');
insert into trigger_event (contact_id, kind, at, matches_gap, content) values ('c-1', 'promotion', '2026-01-04T09:00:00Z', false, '\x06');
insert into subscription (contact_id, id, usage_last_30_days) values ('c-1', 's', 0);
insert into purchase (contact_id, id, ordered_at, amount) values ('c-1', 'o', '2026-01-04T09:00:00Z', 0.10);
insert into deal (contact_id, id) values ('c-1', 'd');
insert into meeting (contact_id, id) values ('c-1', 'm');
insert into escalation (contact_id, opened_at) values ('c-1', '2026-01-04T09:00:00Z');
insert into touch (id, contact_id, sequence, step, channel, at, outcome) values ('t', 'c-1', 'stalled', 1, 'email', '2026-01-04T09:00:00Z', 'reserved');
insert into touch_event (touch_id, at, outcome, detail) values ('t', '2026-01-04T09:00:00Z', 'reserved', '{"b": 1, "a": [1.50, null]}');
insert into journey (contact_id, sequence, entered_at) values ('c-1', 'stalled', '2026-01-04T09:00:00Z');
insert into channel_health (channel, state) values ('email', 'ok');
insert into release (id, manifest, engine, zones) values ('sha256:1', 'm', 'e', 'z');
insert into release_workbook (release_id, name, bytes) values ('sha256:1', 'segments.xlsx', '\x504b0304');
insert into active_release (release_id) values ('sha256:1');
insert into decision (id, contact_id, release_id, as_of, verdict, facts, outcome, salt, client)
  values ('019ca6fd-6800-7000-8000-000000000001', 'c-1', 'sha256:1', '2026-03-10T15:00:00Z', 'touch', '{}', '{"id":"ü"}', '\x07', 'x');
insert into audit_event (id, kind, body) values ('019ca6fd-6800-7000-8000-000000000002', 'decision', '{}');
insert into api_client (name, person, roles) values ('x', 'x', '{sender,operator}');
insert into release_state (release_id, base_id, state, title, findings, errors, warnings, approver_person, approver_client)
  values ('sha256:1', 'sha256:1', 'active', E'a\tb', '[]', 0, 1, 's-1', 'x');
insert into release_author (release_id, person, client) values ('sha256:1', 's-2', 'x');
insert into release_event (id, release_id, action, client, person, comment) values ('019ca6fd-6800-7000-8000-000000000004', 'sha256:1', 'uploaded', 'x', 's-2', null);
insert into activation (release_id, kind, state, wanted_at, client, person) values ('sha256:1', 'activation', 'done', '2026-03-10T15:00:00Z', 'x', 's-1');
update active_release set next_id = 'sha256:1', next_at = '2026-03-10T15:00:00Z', activation_id = 1;
insert into pilot (id, release_id, share, starts_at, client, person) values ('019ca6fd-6800-7000-8000-000000000005', 'sha256:1', 0.05, '2026-03-10T15:00:00Z', 'x', 's-1');
insert into pilot_person (pilot_id, person_id) values ('019ca6fd-6800-7000-8000-000000000005', 'p-1');
insert into shadow (id, release_id, client, person) values ('019ca6fd-6800-7000-8000-000000000006', 'sha256:1', 'x', 's-1');
insert into impact_job (id, release_id, against_id, recorded_days, sample, population, client, as_of, state)
  values ('019ca6fd-6800-7000-8000-000000000007', 'sha256:1', 'sha256:1', 30, 100, true, 'x', '2026-03-10T15:00:00Z', 'done');
insert into shadow_report (shadow_id, process_id, report) values ('019ca6fd-6800-7000-8000-000000000006', '019ca6fd-6800-7000-8000-000000000008', '{}');
insert into api_key (id, client, hash) values ('k', 'x', '\x08');
insert into idempotency_key (client, operation, key, fingerprint, status, content_type, answer) values ('x', 'POST /v1/decisions', 'k', '\x09', 200, 'application/json', '{}');
insert into import_job (id, type, file_name, client, state) values ('019ca6fd-6800-7000-8000-000000000003', 'contacts', 'contacts.csv', 'x', 'done');
insert into import_finding (import_id, number, severity, file, line, message) values ('019ca6fd-6800-7000-8000-000000000003', 1, 'error', 'contacts.csv', 2, 'm');
insert into identity_change (id, kind, reason, client) values ('019ca6fd-6800-7000-8000-000000000009', 'merge', 'r', 'x');
insert into identity_change_contact (change_id, contact_id, person_after) values ('019ca6fd-6800-7000-8000-000000000009', 'c-1', 'p-1');
insert into contact_pin (contact_id, person_id, change_id) values ('c-1', 'p-1', '019ca6fd-6800-7000-8000-000000000009');
insert into person_move (contact_id, from_person, to_person, reason) values ('c-1', 'p-0', 'p-1', 'decided');
insert into address_suppression (address_id, scope, reason, since) values (1, 'email', 'opt_out', '2026-01-04T09:00:00Z');
insert into erased_suppression (kind, key_id, hmac, scope, reason, since) values ('email', 'k1', '\x0a', 'all', 'do_not_contact', '2026-01-04T09:00:00Z');
insert into revocation (contact_id, scope, reason, source, source_id, received_at, deadlines, note, note_key) values ('c-1', '{sms,phone}', 'opt_out', 's', '1', '2026-01-04T09:00:00Z', '[]', '\x0b', 'k1');
insert into reply (id, contact_id, source, source_id, at, meaning, body, body_key, review) values ('019ca6fd-6800-7000-8000-00000000000a', 'c-1', 's', '1', '2026-01-04T09:00:00Z', 'unclear', '\x0c', 'k1', true);
insert into reply_review (reply_id, outcome, client) values ('019ca6fd-6800-7000-8000-00000000000a', 'stands', 'x');
insert into event_seen (source, id) values ('s', '1');
insert into event_aside (source, event_id, contact_id, address_id, body, body_key) values ('s', '2', 'c-2', 1, '\x0d', 'k1');
insert into consent_proof (hash, contact_id, document, document_key) values ('sha256:1', 'c-1', '\x0e', 'k1');
insert into next_look (person_id, due_at, ready_channel, ready_since, contact_id, verdict, reasons, sequence, looked_at) values ('p-1', '2026-03-10T15:00:00Z', 'email', '2026-03-10T15:00:00Z', 'c-1', 'touch', '{step_due,stopped}', 'stalled', '2026-03-10T15:00:00Z');
insert into stop (id, kind, name, reason, client) values ('019ca6fd-6800-7000-8000-00000000000b', 'channel', 'sms', 'r', 'x');
insert into task (id, kind, contact_id, decision_id, reason, note, note_key) values ('019ca6fd-6800-7000-8000-00000000000c', 'follow_up', 'c-1', '019ca6fd-6800-7000-8000-000000000001', 'booking', '\x0f', 'k1');
insert into notification (id, endpoint, kind, subject, body) values ('019ca6fd-6800-7000-8000-00000000000d', 'notifications', 'touch.recalled', 'c-1', '{}');
insert into contact_content (contact_id, field, value, value_key) values ('c-1', 'first_name', '\x0f', 'k1');
insert into reconciliation (id, route, span_from, span_to, listed, known, ours_only, theirs_only, caller) values ('019ca6fd-6800-7000-8000-00000000000e', 'esp', '2026-03-10T15:00:00Z', '2026-03-10T16:00:00Z', 3, 1, 0, 2, 'x');
insert into alarm (name, text) values ('delay', 'a look is due since 70 seconds');
