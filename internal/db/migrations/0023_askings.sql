-- A question that is asked of somebody through Ownward, of a colleague or by a link: what went with
-- it, what came back, and where the answer went.

alter table askings add column way text not null default '';           -- '': noted by its owner; 'here'; 'link'
alter table askings add column note text not null default '';          -- what the owner wrote with it, to the one asked
alter table askings add column round_id text;                          -- the same for those who were asked at once
alter table askings add column sent_at bigint;
alter table askings add column expires_at bigint;
alter table askings add column declined_at bigint;                     -- told to nobody
alter table askings add column given boolean not null default false;   -- the answer is of the one asked, in their words
alter table askings add column back text not null default '';          -- what they asked back
alter table askings add column back_at bigint;
alter table askings add column reply text not null default '';         -- what the owner replied to that
alter table askings add column replied_at bigint;
alter table askings add column entry_id text;                          -- of the journal, to which an answer to oneself goes
alter table askings add column brought_along boolean not null default false;
create index askings_asked on askings (organisation_id, to_person_id, id) where way = 'here';
create index askings_back on askings (organisation_id, owner_id, id) where back_at is not null and answered_at is null;
create index askings_round on askings (organisation_id, round_id) where round_id is not null;
create index askings_entry on askings (organisation_id, entry_id) where entry_id is not null;

-- What somebody suggested in an answer: it binds nobody. It is listed apart from promises until it
-- becomes something or is let go, and comes back on a day.
create table suggested (
  organisation_id text not null,
  id text not null,
  owner_id text not null,            -- who noted it, and alone sees it
  asking_id text,                    -- the question whose answer it is from
  by_person_id text,
  by_contact_id text,
  by_name text not null,             -- of somebody who is neither
  words text not null,
  look_on text not null,             -- civil date
  state text not null,               -- 'open', 'became', 'let go'
  became_kind text,
  became_id text,
  settled_at bigint,
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, by_person_id) references people (organisation_id, id),
  foreign key (organisation_id, by_contact_id) references contacts (organisation_id, id),
  check (state in ('open', 'became', 'let go'))
);
create index suggested_open on suggested (organisation_id, owner_id, look_on) where state = 'open';
create index suggested_of on suggested (organisation_id, owner_id, asking_id);

-- What a person says when they are asked what they need: three at most, in their order.
create table needs (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  kind text not null,                -- as of an ask: money, time, assignment, someone's time
  words text not null,
  place bigint not null,             -- from 1
  origin_kind text,                  -- what it was drafted from
  origin_id text,
  revision bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  check (kind in ('money', 'time', 'assignment', 'someone''s time'))
);
create index needs_of on needs (organisation_id, owner_id, place);
