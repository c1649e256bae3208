-- What the change of a manager leaves to be decided by the person whom it happens to.

create table handovers (
  organisation_id text not null,
  id text not null,                  -- of the reporting line that ended first
  owner_id text not null,
  began_at bigint not null,
  decided_at bigint,                 -- null: it waits for the owner's word
  manager_id text,                   -- to whom it was handed over; null: to nobody
  conversation_id text,              -- the first meeting that was prepared from it
  primary key (organisation_id, id),
  foreign key (organisation_id, id) references reporting_lines (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, manager_id) references people (organisation_id, id)
);
create unique index one_handover on handovers (organisation_id, owner_id) where decided_at is null;
create index handovers_of on handovers (organisation_id, owner_id, began_at);

-- What waits already.
insert into handovers (organisation_id, id, owner_id, began_at)
  select l.organisation_id, min(l.id), l.person_id, min(l.ended_at)
  from reporting_lines l
  join people p on p.organisation_id = l.organisation_id and p.id = l.person_id and p.left_at is null
  where l.ended_at is not null and exists (
    select 1 from shares s
    where s.organisation_id = l.organisation_id and s.owner_id = l.person_id and s.line_id = l.id and s.role = 'manager' and s.ended_at is null)
  group by l.organisation_id, l.person_id;
