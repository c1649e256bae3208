-- Who answers for the money can hand that on; and what is noted of what was granted can be changed until it is told back.

alter table ask_hands add column of_money boolean not null default false;  -- by who answers for the money
alter table granted_steps add column revision bigint not null default 1;
