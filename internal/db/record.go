package db

import (
	"database/sql/driver"
	"reflect"
	"strings"
	"time"
)

// Put adds a row to a table. A field is a value, or a pointer as Row.Scan takes it: so one list
// of columns and one list of fields read a record and write it again.
func Put(tx *Tx, table, columns string, fields ...any) error {
	row := make([]any, len(fields))
	for i, field := range fields {
		row[i] = pointedAt(field)
	}
	_, err := tx.Exec("insert into "+table+" ("+columns+") values ("+Places(1, strings.Count(columns, ",")+1)+")", row...)
	return err
}

// pointedAt is what a field points at, as an argument of a statement.
func pointedAt(field any) any {
	value := reflect.ValueOf(field)
	if value.Kind() == reflect.Pointer {
		value = value.Elem()
	}
	switch known := value.Interface().(type) {
	case driver.Valuer, time.Time:
		return known
	}
	if value.Kind() == reflect.String {
		return value.String()
	}
	return value.Interface()
}

// Contradicts tells whether the error says that a row does not fit what is there: its id is
// taken, what it refers to is missing, or its columns do not hold together.
func (d *DB) Contradicts(err error) bool { return d.engine.contradicts(err) }
