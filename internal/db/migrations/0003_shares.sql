-- Who may see what, and who looked. Nothing is seen without a row here.

create table shares (
  organisation_id text not null,
  id text not null,
  owner_id text not null,
  thing_kind text not null,          -- 'plan' with a section, or the kind of one thing
  thing_id text not null,            -- of a plan: its owner
  section text not null,
  viewer_id text not null,
  role text not null,                -- '' for a named person, 'manager' for the manager of a line
  line_id text,                      -- of a role: what it is bound to
  began_at bigint not null,
  ended_at bigint,                   -- null: not taken back
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, viewer_id) references people (organisation_id, id),
  foreign key (organisation_id, line_id) references reporting_lines (organisation_id, id)
);
create unique index one_share on shares (organisation_id, owner_id, thing_kind, thing_id, section, viewer_id, role) where ended_at is null;
create index shares_with on shares (organisation_id, viewer_id, owner_id) where ended_at is null;

-- The shares by which something is seen at this moment. A share with a role lives as long as
-- the reporting line that it is bound to.
create view live_shares as
  select s.organisation_id, s.id, s.owner_id, s.thing_kind, s.thing_id, s.section, s.viewer_id, s.role, s.began_at
  from shares s
  left join reporting_lines l on l.organisation_id = s.organisation_id and l.id = s.line_id
  where s.ended_at is null and (s.role = '' or (l.id is not null and l.ended_at is null));

-- Once a viewer, thing and day.
create table looks (
  organisation_id text not null,
  owner_id text not null,
  viewer_id text not null,
  thing_kind text not null,
  thing_id text not null,
  day text not null,                 -- in the time zone of the owner
  primary key (organisation_id, owner_id, thing_kind, thing_id, viewer_id, day),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, viewer_id) references people (organisation_id, id)
);
