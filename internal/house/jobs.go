package house

import (
	"maps"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/job"
)

// jobs is the work that can be done later, by kind.
func (h *House) jobs() map[string]job.Do {
	all := map[string]job.Do{housekeeping: tidy}
	maps.Copy(all, account.Jobs(h.Mail, h.Address))
	return all
}
