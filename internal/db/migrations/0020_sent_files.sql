-- A file that somebody sent to be looked at, between its preview and its import: people, skills,
-- expectations. It is removed with either, and after a day.
create table sent_files (
  organisation_id text not null,
  id text not null,
  by_id text not null,               -- who sent it, and alone sees it
  kind text not null,                -- what is in it
  name text not null,
  content bytea not null,
  columns text not null,             -- JSON: the columns that were chosen by hand, by field
  complete boolean not null,         -- of people: the file names everybody
  made_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id)
);
create index sent_files_by_age on sent_files (made_at);

insert into sent_files (organisation_id, id, by_id, kind, name, content, columns, complete, made_at)
select organisation_id, id, by_id, 'people', name, content, columns, complete, made_at from people_files;
insert into sent_files (organisation_id, id, by_id, kind, name, content, columns, complete, made_at)
select organisation_id, id, by_id, 'skills', name, content, columns, 1 = 0, made_at from skill_files;
insert into sent_files (organisation_id, id, by_id, kind, name, content, columns, complete, made_at)
select organisation_id, id, by_id, 'expectations', name, content, '{}', 1 = 0, made_at from expectation_files;

drop table people_files;
drop table skill_files;
drop table expectation_files;
