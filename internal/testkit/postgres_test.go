package testkit

import (
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func TestPostgresGivesEachTestAnEmptyDatabaseOfItsOwn(t *testing.T) {
	var first string
	t.Run("first", func(t *testing.T) {
		first = Postgres(t)
		execute(t, first, "create table thing (id text)")
		execute(t, Postgres(t), "create table thing (id text)")
	})
	if conn, err := pgx.Connect(context.Background(), first); err == nil {
		conn.Close(context.Background())
		t.Fatal("the database outlived its test")
	}
}

func TestPostgresFromFillsOnceAndCopies(t *testing.T) {
	var fills atomic.Int32
	content := strings.ToLower(t.Name()) + time.Now().Format("150405.000000")
	fill := func(address string) error {
		fills.Add(1)
		execute(t, address, "create table thing (id text); insert into thing values ('kept')")
		return nil
	}
	t.Cleanup(func() {
		server, _ := postgresServer()
		if err := onServer(server, "drop database "+quoted("ownward_of_"+content)); err != nil {
			t.Error(err)
		}
	})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			execute(t, PostgresFrom(t, content, fill), "update thing set id = 'changed' where id = 'kept'")
		})
	}
	all.Wait()
	if n := fills.Load(); n != 1 {
		t.Errorf("filled %d times, want once", n)
	}
}

// TestClusterEndsWithItsProcess runs this test again as another process, which starts a cluster and is then killed.
func TestClusterEndsWithItsProcess(t *testing.T) {
	if os.Getenv("OWNWARD_TEST_CLUSTER_ONLY") != "" {
		address, err := StartPostgres()
		if err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString(address + "\n")
		time.Sleep(time.Hour)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestClusterEndsWithItsProcess$")
	child.Env = append(os.Environ(), "OWNWARD_TEST_CLUSTER_ONLY=1")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	said := make([]byte, 1000)
	n, err := out.Read(said)
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimSpace(string(said[:n]))
	execute(t, address, "select 1")
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	folder := u.Query().Get("host")
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if _, err := os.Stat(folder); os.IsNotExist(err) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("the cluster in %s outlived the process that was killed", folder)
		}
	}
}

func TestFindPostgres(t *testing.T) {
	t.Setenv("PATH", "")
	debian := t.TempDir()
	if _, err := findPostgres(debian); !errors.Is(err, errNoPostgres) {
		t.Errorf("without PostgreSQL: %v, want how to install it", err)
	}
	for _, version := range []string{"9", "17", "15"} {
		if err := os.MkdirAll(filepath.Join(debian, version, "bin", "initdb"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := findPostgres(debian); err != nil || got != filepath.Join(debian, "17", "bin") {
		t.Errorf("got %s, %v, want that of version 17", got, err)
	}
}

func execute(t testing.TB, address, sql string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Error(err)
		return
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, sql); err != nil {
		t.Error(err)
	}
}
