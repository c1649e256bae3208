package chat_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/chat"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/seal"
	"github.com/ownward/ownward/internal/testkit"
)

const secret = "https://hooks.slack.com/services/T000/B000/verysecretword"

var key = seal.FromSecret("twenty characters and some more")

func allow(t *testing.T, s testkit.Store, c testkit.Company, hosts ...string) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error {
		stands, err := chat.SettingsOf(tx, c.Ada)
		if err != nil {
			return err
		}
		return chat.Set(tx, c.Ada, stands.Revision, chat.Settings{Allowed: true, Hosts: hosts})
	})
}

func TestAnAddressIsKeptSealedRotatedAndRemoved(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		keep := func(in chat.Input) error {
			return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return chat.Keep(tx, c.Ines, key, in) })
		}
		in := chat.Input{Service: chat.Slack, Address: secret, Kinds: []string{"asked", "digest"}}
		if err := keep(in); !errors.As(err, new(problem.Invalid)) {
			t.Errorf("kept before the organisation allowed it: %v", err)
		}
		allow(t, s, c, chat.Usual...)
		if err := keep(in); err != nil {
			t.Fatal(err)
		}
		var sealed []byte
		testkit.Do(t, s, func(tx *db.Tx) error { return tx.Get("select sealed from chat_places").Scan(&sealed) })
		if strings.Contains(string(sealed), "secret") {
			t.Error("the address lies open in the store")
		}
		open := func(as *testkit.Company) (string, error) {
			return db.Read(t.Context(), s.DB, func(tx *db.Tx) (string, error) {
				_, address, err := chat.Address(tx, as.Ines, key)
				return address, err
			})
		}
		if got, err := open(&c); got != secret {
			t.Errorf("it opens as %q (%v)", got, err)
		}
		if err := keep(chat.Input{Service: chat.Slack, Address: secret + "2", Kinds: in.Kinds}); err != nil {
			t.Fatal(err)
		}
		if err := keep(chat.Input{Service: chat.Slack, Kinds: []string{"due"}}); err != nil {
			t.Fatal(err)
		}
		if got, err := open(&c); got != secret+"2" {
			t.Errorf("rotated, it opens as %q (%v)", got, err)
		}
		wants := func(kind string) bool {
			return testkit.Read(t, s, func(tx *db.Tx) (bool, error) { return chat.Wants(tx, c.Ines, kind) })
		}
		if wants("asked") || !wants("due") {
			t.Error("the kinds did not follow")
		}
		allow(t, s, c, "*.logic.azure.com")
		if wants("due") {
			t.Error("posted to a host that is allowed no more")
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return chat.Remove(tx, c.Ines) })
		if _, err := open(&c); !errors.Is(err, problem.NotFound) {
			t.Errorf("removed, it says %v", err)
		}
	})
}

func TestOnlyAddressesOfAllowedHostsAreTaken(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	allow(t, s, c, chat.Usual...)
	for address, good := range map[string]bool{
		secret: true, "https://prod-1.westeurope.logic.azure.com:443/workflows/x/triggers/manual/paths/invoke?sig=y": true,
		"https://default1.a1.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/x?sig=y": true,
		"http://hooks.slack.com/services/x":                    false,
		"https://hooks.slack.com.evil.example/x":               false,
		"https://evil.example/hooks.slack.com/x":               false,
		"https://logic.azure.com/x":                            false,
		"https://evillogic.azure.com/x":                        false,
		"https://hooks.slack.com:8443/x":                       false,
		"https://user:pass@hooks.slack.com/x":                  false,
		"https://hooks.slack.com@127.0.0.1/x":                  false,
		"https://127.0.0.1/x":                                  false,
		"https://hooks.slack.com":                              false,
		"https://hooks.slack.com/" + strings.Repeat("x", 2000): false,
		"javascript:alert(1)":                                  false, "": false, "hooks.slack.com/x": false,
	} {
		err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			if err := chat.Forget(tx, c.Ines); err != nil {
				return err
			}
			return chat.Keep(tx, c.Ines, key, chat.Input{Service: chat.Slack, Address: address})
		})
		if good != (err == nil) || err != nil && !errors.As(err, new(problem.Invalid)) {
			t.Errorf("%q: %v", address, err)
		}
	}
	for _, host := range []string{"127.0.0.1", "localhost", "x.internal", "*.local", "*", "*.com", "[::1]", "a b", "https://hooks.slack.com", "hooks.slack.com/x", "hooks.slack.com:443", "0x7f.1", "10.1"} {
		err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			return chat.Set(tx, c.Ada, 1, chat.Settings{Allowed: true, Hosts: []string{host}})
		})
		if !errors.As(err, new(problem.Invalid)) {
			t.Errorf("the host %q is taken: %v", host, err)
		}
	}
	if err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return chat.Set(tx, c.Ines, 1, chat.Settings{}) }); !errors.Is(err, problem.NotFound) {
		t.Errorf("somebody who does not administer changed it: %v", err)
	}
}
