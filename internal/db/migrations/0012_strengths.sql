-- Strengths are words with where each showed, as values are words with what is meant by them: rows of the same kind,
-- told apart by the section of the plan that they stand in. The text of that section stays what it is.
--
-- A section can have more than one text: a vision has one a year ('vision-1', 'vision-3', 'vision-5') beside the one
-- that names no year ('vision'); the answers behind a purpose ('purpose-1' to 'purpose-3') belong to no section that
-- can be shared, and stay with their owner.
alter table plan_values add column section text not null default 'values';
