package attack

const tiny = 1e-9

// simplex is a linear program of which zero is a solution: rows·x <= bounds, x >= 0, no bound below zero.
type simplex struct {
	columns int
	rows    [][]float64
	bounds  []float64
}

func newSimplex(columns int) *simplex { return &simplex{columns: columns} }

func (s *simplex) atMost(row map[int]float64, factor, bound float64) {
	full := make([]float64, s.columns)
	for c, v := range row {
		full[c] = factor * v
	}
	s.rows, s.bounds = append(s.rows, full), append(s.bounds, bound)
}

// reaches tells whether the goal can be as much as wanted: by exchanging one column for one row at a time, always the
// first that helps (Bland 1977), so that it comes to an end.
func (s *simplex) reaches(goal map[int]float64, wanted float64) bool {
	gain, reached := make([]float64, s.columns), 0.0
	for c, v := range goal {
		gain[c] = v
	}
	names := make([]int, s.columns) // of the columns, then of the rows: whichever comes first is taken
	for c := range names {
		names[c] = c
	}
	basis := make([]int, len(s.rows))
	for r := range basis {
		basis[r] = s.columns + r
	}
	for reached < wanted-tiny {
		in := -1
		for c, g := range gain {
			if g > tiny && (in < 0 || names[c] < names[in]) {
				in = c
			}
		}
		if in < 0 {
			return false
		}
		out := s.leaves(in, basis)
		if out < 0 {
			return true // without bound
		}
		reached += gain[in] * s.bounds[out] / s.rows[out][in]
		s.exchange(in, out, gain)
		names[in], basis[out] = basis[out], names[in]
	}
	return true
}

// leaves is the row that stops a column first; -1: none does.
func (s *simplex) leaves(in int, basis []int) int {
	out, least := -1, 0.0
	for r, row := range s.rows {
		if row[in] <= tiny {
			continue
		}
		ratio := s.bounds[r] / row[in]
		if out < 0 || ratio < least-tiny || ratio < least+tiny && basis[r] < basis[out] {
			out, least = r, ratio
		}
	}
	return out
}

func (s *simplex) exchange(in, out int, gain []float64) {
	pivot, row := s.rows[out][in], s.rows[out]
	for c := range row {
		row[c] /= pivot
	}
	row[in] = 1 / pivot
	s.bounds[out] /= pivot
	for r, other := range s.rows {
		if r != out && other[in] != 0 {
			s.bounds[r] = max(0, s.bounds[r]-other[in]*s.bounds[out])
			subtract(other, row, in)
		}
	}
	subtract(gain, row, in)
}

func subtract(from, row []float64, in int) {
	factor := from[in]
	for c, v := range row {
		if v != 0 && c != in {
			from[c] -= factor * v
		}
	}
	from[in] = -factor * row[in]
}
