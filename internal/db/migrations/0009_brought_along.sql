-- What people bring along from another installation, and what goes when they go.

-- In what was brought along, whoever is not the person themself is a contact of theirs.
alter table commitments add column written_by_contact_id text;
alter table commitment_changes add column by_contact_id text;
alter table commitment_changes add column owner_contact_id text;
alter table commitment_acts add column by_contact_id text;
alter table ask_hands add column from_contact_id text;
alter table ask_hands add column to_contact_id text;
alter table conversations add column proposed_by_contact_id text;
alter table conversations add column cancelled_by_contact_id text;
alter table conversation_texts add column changed_by_contact_id text;
alter table agenda_items add column by_contact_id text;

-- What was another's, and of which the person was a side: others' asks of them, conversations
-- about others' growth. Kept as the file said it, for them alone.
create table brought_records (
  organisation_id text not null,
  owner_id text not null,
  kind text not null,
  id text not null,                  -- that it had where it comes from
  content text not null,             -- JSON, as docs/person.schema.json describes it
  brought_at bigint not null,
  primary key (organisation_id, owner_id, kind, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id)
);

-- An export that an administrator asked for: encrypted to a code that only the person received.
create table person_exports (
  organisation_id text not null,
  id text not null,
  person_id text not null,
  asked_at bigint not null,
  ready_at bigint,                   -- null: not made yet
  content bytea,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);

-- The account is deleted: what remains of the person is "Former member".
alter table people add column forgotten_at bigint;
