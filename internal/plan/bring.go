package plan

import (
	"cmp"
	"fmt"
	"math"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/share"
)

// BringAlong takes over the actor's plan from another installation. What is here already stays as
// it is; so does the text of a section that is written here.
//
// Errors: problem.Refused that names the place of what does not hold together, or has the id of
// something of somebody else's.
func BringAlong(tx *db.Tx, me org.Actor, a Along) (org.Brought, error) {
	var b org.Brought
	if err := mayWrite(me); err != nil {
		return b, err
	}
	stand, err := texts(tx, me, me.Person)
	if err != nil {
		return b, err
	}
	for n, t := range a.Texts {
		isNew := Plan{Texts: stand}.Text(t.Section).Revision == 0
		if b.Count(isNew); !isNew {
			continue
		}
		one := brought{fmt.Sprintf("/plan/texts/%d", n), "plan_texts", textColumns, t.record(), event.Thing{Kind: t.Section.kind(), ID: me.Person}, t.Revision, t.Earlier}
		if err := one.keep(tx, me); err != nil {
			return b, err
		}
	}
	for n, v := range a.Values {
		if v.Section == "" {
			v.Section = Values
		}
		one := brought{fmt.Sprintf("/plan/values/%d", n), "plan_values", valueColumns, v.record(), v.thing(), v.Revision, v.Earlier}
		if _, err := bring(tx, me, &b, one); err != nil {
			return b, err
		}
	}
	for n, k := range a.Skills {
		one := brought{fmt.Sprintf("/plan/skills/%d", n), "skills", skillColumns, k.record(), event.Thing{Kind: "skill", ID: k.ID}, k.Revision, k.Earlier}
		isNew, err := bring(tx, me, &b, one)
		if err != nil {
			return b, err
		}
		if !isNew {
			continue
		}
		if err := bringViews(tx, me, one.place, k); err != nil {
			return b, err
		}
	}
	for n, g := range a.Goals {
		g.Kind, g.Rhythm = cmp.Or(g.Kind, Outcome), cmp.Or(g.Rhythm, Monthly)
		one := brought{fmt.Sprintf("/plan/goals/%d", n), "goals", goalColumns, g.record(), event.Thing{Kind: "goal", ID: g.ID}, g.Revision, g.Earlier}
		isNew, err := bring(tx, me, &b, one)
		if err != nil {
			return b, err
		}
		if !isNew {
			continue // its steps are as they are here
		}
		if err := bringSteps(tx, me, one.place, g); err != nil {
			return b, err
		}
		if err := bringReviews(tx, me, one.place, g); err != nil {
			return b, err
		}
	}
	for n, r := range a.Removed {
		if err := bringRemoved(tx, me, fmt.Sprintf("/plan/removed/%d", n), r); err != nil {
			return b, err
		}
	}
	return b, nil
}

// brought is one thing of a file: where it stands there, and the row that it becomes here.
type brought struct {
	place, table, columns string
	record                []any
	thing                 event.Thing
	revision              int64
	earlier               []org.AlongEarlier
}

// bring takes over one thing, and tells whether it was not here yet. What was removed here stays
// removed: it has left its last text behind.
func bring(tx *db.Tx, me org.Actor, b *org.Brought, one brought) (bool, error) {
	isNew, err := org.NotHere(tx, me, one.place+"/id", one.table, one.thing.ID)
	if err == nil && isNew {
		isNew, err = org.NothingEarlier(tx, me, one.place+"/id", one.thing)
	}
	if err != nil {
		return false, err
	}
	if b.Count(isNew); !isNew {
		return false, nil
	}
	return true, one.keep(tx, me)
}

func (one brought) keep(tx *db.Tx, me org.Actor) error {
	row := append([]any{me.Organisation, me.Person}, one.record...)
	if err := org.At(tx, one.place, db.Put(tx, one.table, "organisation_id, owner_id, "+one.columns, row...)); err != nil {
		return err
	}
	return org.BringEarlier(tx, me, one.place, one.thing, one.revision, one.earlier)
}

func bringSteps(tx *db.Tx, me org.Actor, place string, g AlongGoal) error {
	for n, s := range g.Steps {
		s.goal = g.ID
		one := brought{fmt.Sprintf("%s/steps/%d", place, n), "steps", stepColumns, s.record(), event.Thing{Kind: "step", ID: s.ID}, s.Revision, s.Earlier}
		isFree, err := org.NothingEarlier(tx, me, one.place+"/id", one.thing)
		if err != nil {
			return err
		}
		if !isFree {
			continue // removed here
		}
		if err := one.keep(tx, me); err != nil {
			return err
		}
		for m, mark := range s.Marks {
			mark.step = s.ID
			row := append([]any{me.Organisation, me.Person}, mark.record()...)
			if err := org.At(tx, fmt.Sprintf("%s/marks/%d", one.place, m), db.Put(tx, "step_marks", "organisation_id, owner_id, "+markColumns, row...)); err != nil {
				return err
			}
		}
	}
	return nil
}

func bringReviews(tx *db.Tx, me org.Actor, place string, g AlongGoal) error {
	for n, r := range g.Reviews {
		r.goal = g.ID
		row := append([]any{me.Organisation, me.Person}, r.record()...)
		if err := org.At(tx, fmt.Sprintf("%s/reviews/%d", place, n), db.Put(tx, "goal_reviews", "organisation_id, owner_id, "+reviewColumns, row...)); err != nil {
			return err
		}
	}
	return nil
}

// bringRemoved takes over the earlier texts of something that stands no longer. The id must not
// be that of anything here.
func bringRemoved(tx *db.Tx, me org.Actor, place string, r AlongRemoved) error {
	table, known := map[string]string{"value": "plan_values", "strength": "plan_values", "skill": "skills", "goal": "goals", "step": "steps"}[r.Kind]
	if !known {
		return org.Misplaced(place+"/kind", "only values, strengths, skills, goals and steps leave their texts behind")
	}
	isFree, err := org.NotHere(tx, me, place+"/id", table, r.ID)
	if err != nil || !isFree {
		return err
	}
	thing := event.Thing{Kind: r.Kind, ID: r.ID}
	if isFree, err = org.NothingEarlier(tx, me, place+"/id", thing); err != nil || !isFree {
		return err
	}
	return org.BringEarlier(tx, me, place, thing, math.MaxInt64, r.Earlier)
}

// BringWins takes over the actor's wins, with what they back of what is the actor's here.
func BringWins(tx *db.Tx, me org.Actor, wins []AlongWin) (org.Brought, error) {
	var b org.Brought
	if err := mayWrite(me); err != nil {
		return b, err
	}
	backable, err := Backable(tx, me)
	if err != nil {
		return b, err
	}
	mine := map[event.Thing]bool{}
	for _, each := range backable {
		mine[each.Thing] = true
	}
	for n, w := range wins {
		one := brought{fmt.Sprintf("/wins/%d", n), "wins", winColumns, w.record(), event.Thing{Kind: "win", ID: w.ID}, w.Revision, w.Earlier}
		isNew, err := bring(tx, me, &b, one)
		if err != nil {
			return b, err
		}
		if !isNew {
			continue
		}
		if err := bringShown(tx, me, one.place, w); err != nil {
			return b, err
		}
		if err := bringConfirmed(tx, me, one.place, w); err != nil {
			return b, err
		}
		for kind, ids := range map[string][]db.ID{"goal": w.Goals, "skill": w.Skills} {
			for _, id := range ids {
				if !mine[event.Thing{Kind: kind, ID: id}] {
					continue // removed here
				}
				if err := org.At(tx, one.place, db.Put(tx, "win_"+kind+"s", "organisation_id, win_id, "+kind+"_id", me.Organisation, w.ID, id)); err != nil {
					return b, err
				}
			}
		}
	}
	return b, checkFilesFit(tx, me)
}

// BringJournal takes over the actor's journal.
func BringJournal(tx *db.Tx, me org.Actor, entries []AlongEntry) (org.Brought, error) {
	var b org.Brought
	if err := mayWrite(me); err != nil {
		return b, err
	}
	for n, e := range entries {
		one := brought{fmt.Sprintf("/journal/%d", n), "journal_entries", entryColumns, e.record(), event.Thing{Kind: "journal entry", ID: e.ID}, e.Revision, e.Earlier}
		if _, err := bring(tx, me, &b, one); err != nil {
			return b, err
		}
	}
	return b, nil
}

// Forget removes all that the actor ever wrote here, for good, with its earlier versions and
// whatever let somebody see it.
func Forget(tx *db.Tx, me org.Actor) error {
	const mine = " where organisation_id = $1 and owner_id = $2"
	if err := tx.ExecEach([]string{
		"delete from confirmations" + mine,
		"delete from skill_views" + mine,
		"delete from win_goals where organisation_id = $1 and win_id in (select id from wins" + mine + ")",
		"delete from win_skills where organisation_id = $1 and win_id in (select id from wins" + mine + ")",
		"delete from win_links" + mine,
		"delete from win_files" + mine,
		"delete from win_drafts" + mine,
		"delete from win_offers" + mine,
		"delete from win_imports" + mine,
		"delete from wins" + mine,
		"delete from step_marks" + mine,
		"delete from goal_reviews" + mine,
		"delete from steps" + mine,
		"delete from goal_directions where organisation_id = $1 and goal_id in (select id from goals" + mine + ")",
		"delete from goals" + mine,
		"delete from skills" + mine,
		"delete from plan_values" + mine,
		"delete from plan_texts" + mine,
		"delete from journal_entries" + mine,
	}, me.Organisation, me.Person); err != nil {
		return err
	}
	if err := org.ForgetEarlier(tx, me, append(kindsKept(), "win", "journal entry")...); err != nil {
		return err
	}
	return share.Forget(tx, me)
}
