package testkit

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Postgres gives the address of a fresh, empty PostgreSQL database, which is dropped when the test ends.
//
// The server is the one that OWNWARD_TEST_POSTGRES names (postgres://..., by a user who may create databases), or else
// one that this process starts for itself the first time it is asked. Without PostgreSQL the test fails.
func Postgres(t testing.TB) string {
	t.Helper()
	return freshDatabase(t, "template1")
}

// PostgresFrom is Postgres with a database that already holds what fill puts into it. Fill runs once for each content:
// whoever names the same content, in this process or another on the same server, gets a copy. So the name must change
// with what fill does: a hash of the migrations, say. Fill must close its connections before it returns.
func PostgresFrom(t testing.TB, content string, fill func(address string) error) string {
	t.Helper()
	server, err := postgresServer()
	if err != nil {
		t.Fatal(err)
	}
	template := "ownward_of_" + content
	if err := makeTemplate(context.Background(), server, template, fill); err != nil {
		t.Fatalf("make a PostgreSQL database of %s: %v", content, err)
	}
	return freshDatabase(t, template)
}

// postgresServer is the address of the maintenance database on the server for tests.
var postgresServer = sync.OnceValues(func() (string, error) {
	if named := os.Getenv("OWNWARD_TEST_POSTGRES"); named != "" {
		return named, nil
	}
	return StartPostgres()
})

func freshDatabase(t testing.TB, template string) string {
	t.Helper()
	server, err := postgresServer()
	if err != nil {
		t.Fatal(err)
	}
	name := "ownward_test_" + strings.ToLower(rand.Text())
	if err := onServer(server, "create database "+quoted(name)+" template "+quoted(template)); err != nil {
		t.Fatalf("make a PostgreSQL database: %v", err)
	}
	t.Cleanup(func() {
		if err := onServer(server, "drop database "+quoted(name)+" with (force)"); err != nil {
			t.Errorf("drop the PostgreSQL database: %v", err)
		}
	})
	address, err := database(server, name)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// templateLock keeps processes that share a server from making the same template twice.
const templateLock = 7_017_015

var templates sync.Map // template name: func() error, which makes it once a process

func makeTemplate(ctx context.Context, server, template string, fill func(address string) error) error {
	once, _ := templates.LoadOrStore(template, sync.OnceValue(func() error {
		conn, err := pgx.Connect(ctx, server)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		if _, err := conn.Exec(ctx, "select pg_advisory_lock($1)", templateLock); err != nil {
			return err
		}
		return makeTemplateOnce(ctx, conn, server, template, fill)
	}))
	return once.(func() error)()
}

// makeTemplateOnce fills the template under another name first: what bears the name is whole.
func makeTemplateOnce(ctx context.Context, conn *pgx.Conn, server, template string, fill func(address string) error) error {
	var stands bool
	const find = "select exists (select 1 from pg_database where datname = $1)"
	if err := conn.QueryRow(ctx, find, template).Scan(&stands); err != nil || stands {
		return err
	}
	unfinished := template + "_unfinished"
	address, err := database(server, unfinished)
	if err != nil {
		return err
	}
	for _, sql := range []string{"drop database if exists " + quoted(unfinished) + " with (force)", "create database " + quoted(unfinished)} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return err
		}
	}
	if err := fill(address); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "alter database "+quoted(unfinished)+" rename to "+quoted(template))
	return err
}

func onServer(server, sql string) (err error) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("reach the PostgreSQL server: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	_, err = conn.Exec(ctx, sql)
	return err
}

// database is the server's address with another database's name in it.
func database(server, name string) (string, error) {
	u, err := url.Parse(server)
	if err != nil || u.Scheme == "" {
		return "", fmt.Errorf("OWNWARD_TEST_POSTGRES must be an address like postgres://user@host/postgres: %w", err)
	}
	u.Path = "/" + name
	return u.String(), nil
}

func quoted(name string) string {
	return pgx.Identifier{name}.Sanitize()
}
