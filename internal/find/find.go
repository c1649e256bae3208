// Package find looks for words in all that somebody may see, to lead them to it.
package find

import (
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/proposal"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/relationship"
	"github.com/ownward/ownward/internal/story"
)

// Holding lists what the actor may see and what holds the words: their own goals, skills, wins,
// stories, question cards, asked questions, counsel, contacts and people who matter, asks, promises, proposals and comments that they have a
// side in, conversations and copies by the other side, and people. There are at most so many of each kind.
func Holding(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	if len(words) == 0 || me.Person == "" {
		return nil, nil
	}
	var all []event.Named
	for _, kind := range []func(*db.Tx, org.Actor, db.Words, int) ([]event.Named, error){
		org.Find, plan.Find, story.Find, ask.Find, commitment.Find, conversation.FindYears, conversation.Find, question.Find, question.FindKept, proposal.Find, comment.Find, frozen.Find, counsel.Find, relationship.Find,
	} {
		found, err := kind(tx, me, words, most)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}
