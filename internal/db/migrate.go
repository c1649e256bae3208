package db

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// The schema, forward only: each file is one version, its number the first part of its name.
// The types are text, bigint, boolean and bytea; a table ends with ");" on a line of its own.
//
//go:embed migrations/*.sql
var migrations embed.FS

type migration struct {
	version int64
	name    string
	text    string
}

// migrate applies the versions that the store lacks, all or none. Programs started at once on
// one store take turns.
func (d *DB) migrate(ctx context.Context) error {
	all, err := readMigrations(migrations)
	if err != nil {
		return err
	}
	tx, err := d.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := d.engine.lock(ctx, tx); err != nil {
		return err
	}
	const versions = "create table if not exists schema_versions (version bigint primary key, name text not null)"
	if _, err := tx.ExecContext(ctx, versions); err != nil {
		return err
	}
	var stands int64
	if err := tx.QueryRowContext(ctx, "select coalesce(max(version), 0) from schema_versions").Scan(&stands); err != nil {
		return err
	}
	newest := all[len(all)-1].version
	if stands > newest {
		return fmt.Errorf("its schema is version %d and this program knows %d: run the newer program, or restore a backup from before", stands, newest)
	}
	for _, m := range all {
		if m.version <= stands {
			continue
		}
		if _, err := tx.ExecContext(ctx, d.engine.migration(m.text)); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		if _, err := tx.ExecContext(ctx, "insert into schema_versions (version, name) values ($1, $2)", m.version, m.name); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	if stands < newest {
		if err := d.engine.expect(ctx, tx); err != nil {
			return fmt.Errorf("tell what to expect of the data: %w", err)
		}
	}
	return tx.Commit()
}

// Schema names what the migrations make: it is another word as soon as one of them changes.
func Schema() (string, error) {
	all, err := readMigrations(migrations)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	for _, m := range all {
		fmt.Fprintf(hash, "%s\n%s\n", m.name, m.text)
	}
	return hex.EncodeToString(hash.Sum(nil)[:8]), nil
}

func readMigrations(from fs.FS) ([]migration, error) {
	names, err := fs.Glob(from, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var all []migration
	for _, path := range names {
		name := strings.TrimPrefix(path, "migrations/")
		number, _, _ := strings.Cut(name, "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s: its name does not begin with a number", name)
		}
		text, err := fs.ReadFile(from, path)
		if err != nil {
			return nil, err
		}
		all = append(all, migration{version, name, string(text)})
	}
	return all, nil
}
