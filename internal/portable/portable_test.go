package portable_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/testkit"
)

var (
	update = flag.Bool("update", false, "write docs/person.schema.json anew")
	keep   = flag.String("keep", "", "folder in which to keep the export of the rich person, to be looked at")
)

func export(t testing.TB, s testkit.Store, me org.Actor) []byte {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) ([]byte, error) {
		f, err := portable.Take(tx, me)
		if err != nil {
			return nil, err
		}
		return f.Zip()
	})
}

// files are the contents of a zip by name.
func files(t testing.TB, content []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, file := range archive.File {
		open, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(open)
		if err != nil {
			t.Fatal(err)
		}
		all[file.Name] = string(text)
	}
	return all
}

// validate holds person.json against the schema beside it.
func validate(t testing.TB, all map[string]string) {
	t.Helper()
	tree, err := jsonschema.UnmarshalJSON(strings.NewReader(all["person.schema.json"]))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema", tree); err != nil {
		t.Fatal(err)
	}
	person, err := jsonschema.UnmarshalJSON(strings.NewReader(all["person.json"]))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.MustCompile("schema").Validate(person); err != nil {
		t.Errorf("the export is not as its schema says: %v", err)
	}
}

func TestTheSchemaIsPublished(t *testing.T) {
	const published = "../../docs/person.schema.json"
	ours, err := os.ReadFile("person.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(published, ours, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if theirs, err := os.ReadFile(published); err != nil || !bytes.Equal(ours, theirs) {
		t.Errorf("docs/person.schema.json is not the schema of the program (%v): run go test ./internal/portable -run Schema -update", err)
	}
}

func TestExportImportExportGivesTheSameBytes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		r := newRich(t, s)
		first := export(t, s, r.Ines)
		all := files(t, first)
		validate(t, all)
		if *keep != "" {
			for name, text := range all {
				if err := os.WriteFile(filepath.Join(*keep, name), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
		for name, text := range all {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds what others keep to themselves: %s", name, around(text, secret))
			}
		}
		empty := emptyLike(t, s)
		empty.Clock.MoveDays(400)
		me := founds(t, empty, first)
		second := export(t, empty, me)
		compare(t, all, files(t, second))
		if !bytes.Equal(first, second) {
			t.Error("the zips differ")
		}
		again := brings(t, empty, me, first)
		if again.New() != 0 {
			t.Errorf("brought twice, something is new: %+v", again)
		}
		if third := export(t, empty, me); !bytes.Equal(first, third) {
			t.Error("brought twice, something changed")
		}
	})
}

func around(text, found string) string {
	at := strings.Index(text, found)
	return text[max(0, at-100):min(len(text), at+100)]
}

func compare(t testing.TB, first, second map[string]string) {
	t.Helper()
	for name, text := range first {
		one, other := strings.Split(text, "\n"), strings.Split(second[name], "\n")
		for n := range one {
			if n >= len(other) || one[n] != other[n] {
				t.Errorf("%s differs in line %d: %q, then %q", name, n+1, one[n], strings.Join(other[min(n, len(other)):min(n+2, len(other))], "⏎"))
				break
			}
		}
	}
}

// emptyLike is an empty store on the same engine.
func emptyLike(t testing.TB, s testkit.Store) testkit.Store {
	if s.Engine() == "SQLite" {
		return testkit.SQLite(t)
	}
	return testkit.PostgreSQL(t)
}

// founds brings a file to an empty installation.
func founds(t testing.TB, s testkit.Store, content []byte) org.Actor {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (org.Actor, error) {
		f, err := portable.Read(content)
		if err != nil {
			return org.Actor{}, err
		}
		me, _, err := portable.UnscopedFound(tx, f)
		return me, err
	})
}

func brings(t testing.TB, s testkit.Store, me org.Actor, content []byte) portable.Report {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (portable.Report, error) {
		f, err := portable.Read(content)
		if err != nil {
			return nil, err
		}
		return portable.Bring(tx, me, f)
	})
}

func exportIn(tx *db.Tx, me org.Actor) ([]byte, error) {
	f, err := portable.Take(tx, me)
	if err != nil {
		return nil, err
	}
	return f.Zip()
}

var errUndo = errors.New("undone")

// undone runs a statement, looks, and undoes it.
func undone(t testing.TB, s testkit.Store, statement string, look func(tx *db.Tx) string) (found string) {
	t.Helper()
	err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
		if _, err := tx.Exec(statement); err != nil {
			return err
		}
		found = look(tx)
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		t.Errorf("%s: %v", statement, err)
	}
	return found
}
