-- Each side of a promise is asked once on the day to look back: which day each has answered. After
-- another day was agreed on, both are asked again on that one.

alter table commitments add column by_looked_on text;
alter table commitments add column to_looked_on text;
