package account_test

import (
	"testing"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAnAddressThatMailCameBackFromIsConfirmedAgainByACode(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		testkit.Write(t, d.Store, func(tx *db.Tx) (account.Token, error) {
			return account.UnscopedSignIn(tx, d.Ines.Organisation, d.Ines.Person, "a test")
		})
		me := testkit.Read(t, d.Store, func(tx *db.Tx) (org.Actor, error) { return org.UnscopedActor(tx, d.Ines.Organisation, d.Ines.Person) })
		testkit.Do(t, d.Store, func(tx *db.Tx) error { return account.UnscopedBounced(tx, "ines@weir.example", "5.1.1", tx.Now()) })
		nowhere := func() bool {
			return testkit.Read(t, d.Store, func(tx *db.Tx) (bool, error) {
				all, err := account.Addresses(tx, me)
				return all[0].Nowhere, err
			})
		}
		if !nowhere() {
			t.Fatal("the person does not see it")
		}
		id := testkit.Write(t, d.Store, func(tx *db.Tx) (db.ID, error) { return account.AddAddress(tx, me, "ines@weir.example", "here") })
		mails := d.post()
		if len(mails) != 1 || !mails[0].Code {
			t.Fatalf("mails %+v, want the code, which goes there all the same", mails)
		}
		code := codeForm.FindStringSubmatch(mails[0].Text)[1]
		if !testkit.Write(t, d.Store, func(tx *db.Tx) (bool, error) {
			return account.ConfirmAddress(tx, me, account.Try{SignIn: id, Code: code})
		}) || nowhere() {
			t.Error("after the code was typed in, mail still does not go there")
		}
		if mails := d.post(); len(mails) != 0 {
			t.Errorf("mails %+v tell of an address that was added", mails)
		}
	})
}
