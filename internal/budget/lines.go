package budget

import (
	"github.com/ownward/ownward/internal/db"
)

// UnscopedLines lists all lines of an organisation, for figures about groups.
func UnscopedLines(tx *db.Tx, organisation db.ID) ([]Line, error) {
	return db.List(tx, scanLine, selectLine+" where b.organisation_id = $1 order by b.fold, b.id", organisation)
}
