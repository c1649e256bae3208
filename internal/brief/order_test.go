package brief

import (
	"fmt"
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
)

// TestTheMostUsefulSevenComeFirst holds the order that decision 0026 writes down.
func TestTheMostUsefulSevenComeFirst(t *testing.T) {
	kinds := map[use]string{
		latePromise: "commitment", differing: "commitment", waitingAnswer: "proposal", duePromise: "commitment", awaitedVerdict: "criterion",
		openQuestion: "asking", newAnswer: "ask", goalToReview: "goal", owedExpectation: "expectation", closedGoal: "goal", newWin: "win",
		nearDate: "date", changedGoal: "goal", newDirection: "direction", draft: "ask", laterPromise: "commitment",
	}
	var all []Suggestion
	add := func(u use, times int) {
		for n := range times {
			all = append(all, Suggestion{Source: event.Thing{Kind: kinds[u], ID: db.ID(fmt.Sprint(u, n))}, use: u})
		}
	}
	for u := laterPromise; u >= latePromise; u-- {
		add(u, 1)
	}
	var got []use
	for _, s := range mostUseful(all) {
		got = append(got, s.use)
	}
	want := []use{latePromise, differing, waitingAnswer, duePromise, awaitedVerdict, openQuestion, newAnswer}
	if !slices.Equal(got[:Most], want) {
		t.Errorf("the first seven are %v, want %v", got[:Most], want)
	}
	if got[len(got)-1] != laterPromise {
		t.Error("what can wait does not come last")
	}

	all = nil
	add(newWin, 1)
	add(latePromise, 8)
	add(openQuestion, 2)
	got = nil
	for _, s := range mostUseful(all) {
		got = append(got, s.use)
	}
	want = []use{latePromise, latePromise, latePromise, openQuestion, openQuestion, newWin, latePromise}
	if !slices.Equal(got[:Most], want) {
		t.Errorf("with eight late promises the first seven are %v, want %v", got[:Most], want)
	}
	if len(got) != len(all) {
		t.Errorf("%d of %d are left", len(got), len(all))
	}
}
