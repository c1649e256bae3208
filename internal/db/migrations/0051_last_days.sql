-- The last day of a budget: a year of the organisation need not end with the calendar's.

alter table budgets add column last_day text not null default '';
update budgets set last_day = cast(year as text) || '-12-31';
