-- Contacts in whose calendars the conversations with them stand, where their owner wants it so.
create table invited_contacts (
  organisation_id text not null,
  contact_id text not null,
  person_id text not null,           -- whose contact it is
  since bigint not null,
  primary key (organisation_id, contact_id),
  foreign key (organisation_id, contact_id) references contacts (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);

-- Made anew: an invitation may be for a contact of the person's, and a time that a contact's calendar proposes waits in it.
create table invitations_anew (
  organisation_id text not null,
  id text not null,
  conversation_id text not null,
  person_id text not null,
  contact_id text,                   -- for this contact of the person's; null: for the person
  uid text not null,
  sequence bigint not null,
  stands boolean not null,
  certain boolean not null,
  at bigint not null,
  minutes bigint not null,
  changed_at bigint not null,
  mailed_sequence bigint,
  address text not null,
  answer text not null,
  answered_at bigint,
  counters bigint not null,
  proposed_at bigint,                -- of a contact: the time that they propose
  proposed_minutes bigint,
  primary key (organisation_id, id),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id),
  foreign key (organisation_id, contact_id) references contacts (organisation_id, id),
  check (answer in ('', 'yes', 'no', 'perhaps')),
  check ((answer = '') = (answered_at is null))
);
insert into invitations_anew (organisation_id, id, conversation_id, person_id, contact_id, uid, sequence, stands, certain, at, minutes, changed_at,
    mailed_sequence, address, answer, answered_at, counters)
  select organisation_id, id, conversation_id, person_id, null, uid, sequence, stands, certain, at, minutes, changed_at,
    mailed_sequence, address, answer, answered_at, counters
  from invitations;
drop table invitations;
alter table invitations_anew rename to invitations;
create unique index invitation_of on invitations (organisation_id, conversation_id, person_id, coalesce(contact_id, ''));
create unique index invitation_by_uid on invitations (uid);
create index invitations_to on invitations (organisation_id, person_id, at);
