-- What messages may say of a contact, apart from what decisions depend on: it names people, so it is encrypted, and it
-- decides nothing, so it is no part of facts.
create table contact_content (
  contact_id text not null references contact,
  field      text not null,
  value      bytea not null,
  value_key  text not null references identity_key,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (contact_id, field)
);
