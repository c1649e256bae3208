-- What the organisation sees: tables about groups, made once for each month. Whatever is here may be read by everybody in the organisation.

create table figure_months (
  organisation_id text not null references organisations (id),
  month text not null,               -- its first day
  made_at bigint not null,
  primary key (organisation_id, month)
);

create table figure_tables (
  organisation_id text not null,
  month text not null,
  figure text not null,
  breakdown bigint not null,         -- by which of department, level and site
  cells text not null,               -- JSON: rounded numbers of groups; what is too few is not here
  primary key (organisation_id, month, figure, breakdown),
  foreign key (organisation_id, month) references figure_months (organisation_id, month)
);
create index figures_over_time on figure_tables (organisation_id, figure, breakdown, month);
