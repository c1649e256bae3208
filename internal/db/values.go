package db

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// ID identifies a thing. The empty ID means none; the database holds it as NULL.
type ID string

// Value gives the database the text, or NULL for none.
func (id ID) Value() (driver.Value, error) {
	if id == "" {
		return nil, nil
	}
	return string(id), nil
}

// Scan reads what Value wrote.
func (id *ID) Scan(from any) error {
	switch value := from.(type) {
	case nil:
		*id = ""
	case string:
		*id = ID(value)
	default:
		return fmt.Errorf("an id cannot be read from a %T", from)
	}
	return nil
}

// micros reads a time from microseconds since 1970, UTC.
type micros struct{ into *time.Time }

// Scan reads an integer, or NULL as the zero time.
func (m micros) Scan(from any) error {
	switch value := from.(type) {
	case nil:
		*m.into = time.Time{}
	case int64:
		*m.into = time.UnixMicro(value).UTC()
	default:
		return fmt.Errorf("a time cannot be read from a %T", from)
	}
	return nil
}

// values turns arguments into what both drivers take: a time becomes microseconds since 1970,
// the zero time NULL.
func values(args []any) []any {
	for i, arg := range args {
		if t, ok := arg.(time.Time); ok {
			args[i] = nil
			if !t.IsZero() {
				args[i] = t.UnixMicro()
			}
		}
	}
	return args
}
