-- Budgets: the money of a cost centre in a year, what is reserved of it, and what was spent.

create table budgets (
  organisation_id text not null references organisations (id),
  id text not null,
  cost_centre text not null,
  year bigint not null,              -- of the organisation, named by the calendar year in which it begins
  name text not null,
  fold text not null,                -- cost centre and name, folded: one line of these in a year
  currency text not null,
  amount bigint not null,            -- in the smallest unit of the currency, as is all below
  reserved bigint not null,          -- by reservations that are held
  spent bigint not null,
  owner_id text not null,            -- who answers for it
  second_id text,                    -- who does so too
  closed_at bigint,                  -- nothing new is reserved from then on
  revision bigint not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references people (organisation_id, id),
  foreign key (organisation_id, second_id) references people (organisation_id, id),
  check (amount >= 0 and reserved >= 0 and spent >= 0),
  check (reserved + spent <= amount),  -- nothing is overspent
  check (second_id is null or second_id <> owner_id)
);
create unique index budgets_of_year on budgets (organisation_id, year, fold);
create index budgets_owned on budgets (organisation_id, owner_id, year);
create index budgets_seconded on budgets (organisation_id, second_id, year) where second_id is not null;

-- Money of a budget that is held for something, or was.
create table budget_reservations (
  organisation_id text not null,
  id text not null,
  budget_id text not null,
  thing_kind text not null,          -- what it is for
  thing_id text not null,
  person_id text not null,           -- who wants it: never the one who approved it
  by_id text not null,               -- who approved it
  amount bigint not null,
  until text not null,               -- the last day on which it is held
  reserved_at bigint not null,
  state text not null,
  spent bigint not null,
  ended_at bigint,
  revision bigint not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, budget_id) references budgets (organisation_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id),
  foreign key (organisation_id, by_id) references people (organisation_id, id),
  check (person_id <> by_id),
  check (amount > 0 and spent >= 0),
  check (state in ('held', 'spent', 'returned', 'lapsed')),
  check ((ended_at is null) = (state = 'held')),
  check (state = 'spent' or spent = 0)
);
create index reservations_of on budget_reservations (organisation_id, budget_id, id);
create unique index one_reservation_holds on budget_reservations (organisation_id, thing_kind, thing_id, person_id) where ended_at is null;
create index reservations_for on budget_reservations (organisation_id, thing_kind, thing_id, id);
create index reservations_of_person on budget_reservations (organisation_id, person_id, state);
create index reservations_by on budget_reservations (organisation_id, by_id, id);

-- Who asks may name the cost centre; who says yes names the budget from which it is to come.
alter table asks add column cost_centre text not null default '';
alter table ask_sendings add column cost_centre text not null default '';
alter table ask_approvals add column budget_id text;
