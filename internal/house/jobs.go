package house

import "github.com/ownward/ownward/internal/job"

// jobs is the work that can be done later, by kind.
func (h *House) jobs() map[string]job.Do {
	return map[string]job.Do{
		housekeeping: tidy,
	}
}
