package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// expect tells SQLite what to expect of the data, instead of letting it guess from what happens
// to be there: that one organisation holds much of a table, and one person little. Without this
// it takes the organisation for a good way to narrow a search, since every index begins with it.
// (The form of sqlite_stat1: https://www.sqlite.org/fileformat2.html#stat1tab. PostgreSQL keeps
// statistics by itself.)
func (sqliteEngine) expect(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, "analyze sqlite_schema"); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "delete from sqlite_stat1"); err != nil {
		return err
	}
	indexes, err := readIndexes(ctx, tx)
	if err != nil {
		return err
	}
	for _, each := range indexes {
		if _, err := tx.ExecContext(ctx, "insert into sqlite_stat1 (tbl, idx, stat) values ($1, $2, $3)", each.table, each.name, each.expected()); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "analyze sqlite_schema") // connections that are open read it anew
	return err
}

type index struct {
	table, name string
	unique      bool
	columns     []string
}

func readIndexes(ctx context.Context, tx *sql.Tx) ([]index, error) {
	rows, err := tx.QueryContext(ctx, `
		select t.name, i.name, i."unique", group_concat(c.name, ' ')
		from sqlite_master t join pragma_index_list(t.name) i join pragma_index_info(i.name) c
		where t.type = 'table' and t.name not like 'sqlite!_%' escape '!'
		group by t.name, i.name, i."unique" order by t.name, i.name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []index
	for rows.Next() {
		var one index
		var columns string
		if err := rows.Scan(&one.table, &one.name, &one.unique, &columns); err != nil {
			return nil, err
		}
		one.columns = strings.Fields(columns)
		all = append(all, one)
	}
	return all, rows.Err()
}

// expected is how many rows there are, and how many share the same first column, the same first
// two, and so on.
func (i index) expected() string {
	const all, organisation, person = 1_000_000, 400_000, 40
	stat, left := fmt.Sprint(all), all
	for n, column := range i.columns {
		switch {
		case i.unique && n == len(i.columns)-1:
			left = 1
		case column == "organisation_id":
			left = organisation
		case column == "id":
			left = 1
		case strings.HasSuffix(column, "_id"):
			left = min(left, person)
		default:
			left = max(1, left/20)
		}
		stat += fmt.Sprint(" ", left)
	}
	return stat
}

func (postgresEngine) expect(context.Context, *sql.Tx) error { return nil }
