package seal_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/ownward/ownward/internal/seal"
)

func TestWhatIsSealedOpensWithItsKeyForItsPurposeAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "secret.key")
	key := seal.InFile(path)
	sealed, err := key.Seal("a password", "of one")
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file of the key: %v (%v)", info, err)
	}
	if secret, err := seal.InFile(path).Open(sealed, "of one"); err != nil || secret != "a password" {
		t.Errorf("opened again: %q (%v)", secret, err)
	}
	for name, open := range map[string]func() (string, error){
		"for another":      func() (string, error) { return key.Open(sealed, "of another") },
		"with another key": func() (string, error) { return seal.FromSecret("twenty characters and more").Open(sealed, "of one") },
		"altered":          func() (string, error) { sealed[3]++; return key.Open(sealed, "of one") },
	} {
		if secret, err := open(); !errors.Is(err, seal.ErrOther) {
			t.Errorf("%s: %q (%v)", name, secret, err)
		}
	}
	if _, err := seal.FromSecret("short").Seal("a password", "of one"); err == nil {
		t.Error("a short secret is taken")
	}
}

func TestAKeyForAPurposeIsAlwaysTheSameAndNoOther(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	known := map[[32]byte]string{}
	for _, from := range []struct {
		key     *seal.Key
		purpose string
		known   string
	}{{seal.InFile(path), "one", ""}, {seal.InFile(path), "one", "one"}, {seal.InFile(path), "two", ""}, {seal.FromSecret("twenty characters and more"), "one", ""}} {
		derived, err := from.key.Derived(from.purpose)
		if err != nil || derived == [32]byte{} || known[derived] != from.known {
			t.Errorf("the key for %s is %x, as for %q (%v)", from.purpose, derived, known[derived], err)
		}
		known[derived] = from.purpose
	}
	if _, err := seal.FromSecret("short").Derived("one"); err == nil {
		t.Error("a short secret is taken")
	}
}
