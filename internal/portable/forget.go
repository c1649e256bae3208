package portable

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/chat"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/digest"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/handover"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/programme"
	"github.com/ownward/ownward/internal/proposal"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/referral"
	"github.com/ownward/ownward/internal/relationship"
	"github.com/ownward/ownward/internal/round"
	"github.com/ownward/ownward/internal/skill"
	"github.com/ownward/ownward/internal/story"
)

// NoteJob is the kind of the jobs that write deletions down outside of the store, where a backup
// that is restored does not undo them.
const NoteJob = "note a deletion"

// DeleteAccount removes, for good, all that was private of the actor in their organisation. What
// was agreed with others stays for those, under "Former member". Who is alone removes the whole
// organisation. All sessions end, and when no other organisation is left the account goes too.
//
// The actor types one of their addresses to confirm it.
//
// Errors: problem.Invalid for any other text, problem.Refused for the last administrator.
func DeleteAccount(tx *db.Tx, me org.Actor, typed string) error {
	ok, err := isTheirs(tx, me, org.FoldAddress(typed))
	if err != nil {
		return err
	}
	if !ok {
		return problem.Invalid{"email": "This is not an address of yours. Type the one by which you sign in, to be sure."}
	}
	if err := org.MayGo(tx, me); err != nil {
		return err
	}
	return forget(tx, me)
}

func isTheirs(tx *db.Tx, me org.Actor, typed string) (bool, error) {
	p, err := org.Me(tx, me)
	if err != nil || typed == "" || typed == p.Email {
		return typed != "", err
	}
	addresses, err := account.Addresses(tx, me)
	for _, a := range addresses {
		if a.Text == typed {
			return true, err
		}
	}
	return false, err
}

func forget(tx *db.Tx, me org.Actor) error {
	selves, err := account.Selves(tx, me)
	if err != nil {
		return err
	}
	for _, self := range selves {
		if err := forgetOne(tx, self); err != nil {
			return err
		}
	}
	if err := account.Forget(tx, me); err != nil {
		return err
	}
	return org.RemoveAlone(tx, me)
}

// forgetOne forgets one person, the packages from top to bottom: what stands above refers to
// what stands below.
func forgetOne(tx *db.Tx, me org.Actor) error {
	if err := org.GoForGood(tx, me); err != nil {
		return err
	}
	for _, each := range []func(*db.Tx, org.Actor) error{
		forgetRecords, forgetExports, handover.Forget, invitation.Forget, comment.Forget, feedback.Forget, frozen.Forget, proposal.Forget, story.Forget, relationship.Forget, counsel.Forget, referral.Forget, round.Forget, mentorship.Forget,
		programme.Forget, pitch.Forget, conversation.Forget, ask.Forget, question.Forget, mentor.Forget, commitment.Forget, gap.Forget, plan.Forget, expectation.Forget, direction.Forget, dates.Forget,
		digest.Forget, skill.Forget, link.Forget, notice.Forget, chat.Forget, org.Forget,
	} {
		if err := each(tx, me); err != nil {
			return err
		}
	}
	if err := event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "account deleted", By: me.Person, Thing: event.Thing{Kind: "person", ID: me.Person},
	}); err != nil {
		return err
	}
	return job.Enqueue(tx, NoteJob, string(me.Organisation+" "+me.Person), tx.Now(), job.Args{"organisation": me.Organisation, "person": me.Person})
}

// DeletionsFile is where deletions are written down, within the folder of data; nowhere without
// one.
func DeletionsFile(data string) string {
	if data == "" {
		return ""
	}
	return filepath.Join(data, "deletions")
}

// Note does the jobs of the kind NoteJob: it adds a line with the time and the two ids to the
// file, once.
func Note(path string) job.Do {
	return func(_ context.Context, d *db.DB, _ db.ID, args job.Args) error {
		return note(path, d.Now(), deletion{args["organisation"], args["person"]})
	}
}

// NoteAll writes down every deletion that the store knows of and the file does not. Each copy of
// the program that serves one store does so from time to time: whichever is there when a backup
// of the store is restored can repeat them all.
func NoteAll(ctx context.Context, d *db.DB, path string) error {
	known, err := db.Read(ctx, d, func(tx *db.Tx) ([]deletion, error) {
		return db.List(tx, func(row db.Row) (deletion, error) {
			var one deletion
			err := row.Scan(&one.organisation, &one.person)
			return one, err
		}, "select organisation_id, id from people where forgotten_at is not null order by forgotten_at")
	})
	if err != nil {
		return err
	}
	return note(path, d.Now(), known...)
}

// note adds those deletions to the file that do not stand there yet.
func note(path string, now time.Time, deletions ...deletion) error {
	noted, err := readDeletions(path)
	if err != nil || path == "" {
		return err
	}
	var lines strings.Builder
	for _, one := range deletions {
		if !slices.Contains(noted, one) {
			lines.WriteString(now.Format(time.RFC3339) + " " + one.ids() + "\n")
		}
	}
	if lines.Len() == 0 {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	before, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	added := lines.String()
	if len(before) > 0 && before[len(before)-1] != '\n' {
		added = "\n" + added // the last was cut off by a loss of power
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(added)
	return errors.Join(err, file.Sync(), file.Close())
}

// deletion is one line of the file.
type deletion struct{ organisation, person db.ID }

func (d deletion) ids() string { return string(d.organisation + " " + d.person) }

func readDeletions(path string) ([]deletion, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var all []deletion
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if parts := strings.Fields(lines.Text()); len(parts) == 3 { // else it was cut off, and written again
			all = append(all, deletion{db.ID(parts[1]), db.ID(parts[2])})
		}
	}
	return all, lines.Err()
}

// Repeat does again the deletions of the file that the store does not know of, because a backup
// from before was restored, and tells how many.
func Repeat(ctx context.Context, d *db.DB, path string) (int, error) {
	noted, err := readDeletions(path)
	if err != nil {
		return 0, err
	}
	repeated := 0
	for _, one := range noted {
		gone, err := db.Read(ctx, d, func(tx *db.Tx) (bool, error) { return org.Forgotten(tx, one.organisation, one.person) })
		if err != nil {
			return repeated, err
		}
		if gone {
			continue
		}
		if err := db.Do(ctx, d, func(tx *db.Tx) error {
			me, err := org.UnscopedActor(tx, one.organisation, one.person)
			if err != nil {
				return err
			}
			return forget(tx, me)
		}); err != nil {
			return repeated, fmt.Errorf("repeat the deletion of an account: %w", err)
		}
		repeated++
	}
	return repeated, nil
}
