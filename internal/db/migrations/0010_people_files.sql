-- A people file between its preview and its import; it is removed with either, and after a day.
create table people_files (
  organisation_id text not null,
  id text not null,
  by_id text not null,               -- who sent it, and alone sees it
  name text not null,
  content bytea not null,
  columns text not null,             -- JSON: the columns that were chosen by hand, by field
  complete boolean not null,
  made_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id)
);
create index people_files_by_age on people_files (made_at);
