package db

import (
	"database/sql/driver"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"
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

// values turns arguments into what both drivers take, alike: a time becomes microseconds since
// 1970, the zero time NULL; in a text, what PostgreSQL does not take is left out or replaced.
func values(args []any) []any {
	for i, arg := range args {
		switch arg := arg.(type) {
		case time.Time:
			args[i] = nil
			if !arg.IsZero() {
				args[i] = arg.UnixMicro()
			}
		case string:
			args[i] = storable(arg)
		case ID:
			args[i] = ID(storable(string(arg)))
		case driver.Valuer:
		default:
			if v := reflect.ValueOf(arg); v.Kind() == reflect.String {
				args[i] = storable(v.String())
			}
		}
	}
	return args
}

// storable is the text without NUL bytes, and with a mark in the place of what is no UTF-8.
func storable(text string) string {
	if utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
}
