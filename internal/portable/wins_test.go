package portable_test

import (
	"maps"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
)

// What of wins goes into an export, and what does not.
func init() {
	exported = append(exported, "win_links.url", "win_files.name", "win_files.content",
		"win_drafts.topic", "win_drafts.what", "win_drafts.effect", "win_drafts.figure", "win_drafts.url")
	maps.Copy(notExported, map[string]string{
		"win_files.media_type": "found in the content", "win_files.digest": "of the content",
		"win_drafts.source": "a kind, no words", "win_offers.digest": "what was offered here, without words", "win_offers.became": "a state, no words",
		"win_imports.problems": "what an import said of lines that it left out; gone after 30 days",
	})
}

// drafts lets Ines import a list and look no further.
func (r rich) drafts() {
	r.do(func(tx *db.Tx) error {
		_, err := plan.ImportWins(tx, r.Ines, plan.Import{Content: []byte("## On call, October 2026\n- Held the pager # quietly\n  - Nobody noticed\n- Led <b>the</b> review: https://wiki.example/review\n")})
		return err
	})
}
