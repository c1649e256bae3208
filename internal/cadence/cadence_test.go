package cadence_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/cadence"
	"github.com/ownward/ownward/internal/civil"
)

var year = cadence.Rhythm{
	Deep: []string{"align", "advance", "amplify", "advocate"}, DeepMinutes: 60, DeepMonths: 3,
	Short: "sprint", ShortMinutes: 15, ShortMonths: 1,
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	place, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return place
}

func office(place *time.Location, from, to int) cadence.Side {
	s := cadence.Side{Zone: place}
	for day := time.Monday; day <= time.Friday; day++ {
		s.Hours[day] = []cadence.Clock{{From: from * 60, To: to * 60}}
	}
	return s
}

func of(y int) civil.Span {
	return civil.Span{From: civil.On(y, time.January, 1), To: civil.On(y, time.December, 31)}
}

func pair(key string, owner cadence.Side, y int) cadence.Pair {
	return cadence.Pair{Key: key, Owner: owner, Wishes: year.Wishes(civil.On(y-1, time.December, 15), of(y), cadence.Best(key))}
}

func TestAYearHasFourDeepConversationsAndEightSprints(t *testing.T) {
	lisbon := zone(t, "Europe/Lisbon")
	laid := cadence.LayOut(office(lisbon, 9, 17), nil, []cadence.Pair{{
		Owner: office(lisbon, 9, 17), Wishes: year.Wishes(civil.On(2027, time.January, 1), of(2027), 12),
	}})[0]
	var kinds string
	minutes := 0
	weekdays, hours := map[time.Weekday]int{}, map[string]int{}
	for _, p := range laid.Placed {
		kinds += p.Kind[:2] + " "
		minutes += p.Minutes
		local := p.At.In(lisbon)
		weekdays[local.Weekday()]++
		hours[local.Format("15:04")]++
		if local.Hour() == 9 || local.Hour() == 16 || local.Weekday() == time.Friday && local.Hour() >= 12 {
			t.Errorf("%s is at %s", p.Kind, local)
		}
	}
	if kinds != "al sp sp ad sp sp am sp sp ad sp sp " || minutes != 4*60+8*15 || len(laid.Gaps) > 0 {
		t.Errorf("the year is %q with %d minutes, and lacks %v", kinds, minutes, laid.Gaps)
	}
	if len(weekdays) != 1 || len(hours) != 1 {
		t.Errorf("with nothing in the way, the weekdays are %v and the hours %v", weekdays, hours)
	}
}

func TestANewStarterInJuneGetsTheRestOfTheYear(t *testing.T) {
	since := civil.On(2027, time.June, 7)
	wishes := year.Wishes(since, civil.Span{From: since, To: civil.On(2027, time.December, 31)}, 12)
	if len(wishes) != 7 || wishes[0].Kind != "align" || wishes[0].Ideal != civil.On(2027, time.June, 14) || wishes[6].Kind != "amplify" {
		t.Fatalf("the wishes are %v", wishes)
	}
	next := year.Wishes(since, of(2028), 12)
	if len(next) != 12 || next[0].Kind != "sprint" || next[2].Kind != "advocate" || next[5].Kind != "align" {
		t.Fatalf("the year after goes on with %v", next)
	}
	if late := year.Wishes(civil.On(2027, time.June, 25), of(2027), 12); len(late) != 6 || late[0].Month.Month() != time.July {
		t.Fatalf("who begins late in a month begins with %v", late)
	}
}

func TestBothClocksAreRightWhereTheyChangeOnDifferentDays(t *testing.T) {
	for _, c := range []struct {
		one, other string
		from, to   [2]int // the hours of each
	}{
		{"America/New_York", "Europe/Berlin", [2]int{8, 9}, [2]int{17, 18}},
		{"Australia/Sydney", "Europe/London", [2]int{9, 8}, [2]int{20, 17}},
		{"Asia/Kathmandu", "Australia/Lord_Howe", [2]int{9, 9}, [2]int{17, 17}},
	} {
		owner := office(zone(t, c.one), c.from[0], c.to[0])
		partner := office(zone(t, c.other), c.from[1], c.to[1])
		laid := cadence.LayOut(partner, nil, []cadence.Pair{pair("x", owner, 2027)})[0]
		if len(laid.Placed) != 12 {
			t.Errorf("%s and %s: %d of 12, and %v", c.one, c.other, len(laid.Placed), laid.Gaps)
		}
		for _, p := range laid.Placed {
			within(t, owner, p.At, p.Minutes)
			within(t, partner, p.At, p.Minutes)
		}
	}
}

// within holds a time against the hours of a side by the clock on their wall, on its own way.
func within(t *testing.T, s cadence.Side, at time.Time, minutes int) {
	t.Helper()
	for m := range minutes {
		local := at.Add(time.Duration(m) * time.Minute).In(s.Zone)
		in := false
		for _, h := range s.Hours[local.Weekday()] {
			clock := local.Hour()*60 + local.Minute()
			in = in || clock >= h.From && clock < h.To
		}
		if !in {
			t.Fatalf("%s is outside of the hours", local)
		}
		for _, a := range s.Away {
			if a.Has(civil.In(local, s.Zone)) {
				t.Fatalf("%s is a day away", local)
			}
		}
		for _, b := range s.Busy {
			if !local.Before(b.From) && local.Before(b.To) {
				t.Fatalf("%s is busy", local)
			}
		}
	}
}

func TestWhatCannotBePlacedIsNamedWithItsReason(t *testing.T) {
	lisbon, auckland := zone(t, "Europe/Lisbon"), zone(t, "Pacific/Auckland")
	march := civil.Span{From: civil.On(2027, time.March, 1), To: civil.On(2027, time.March, 31)}
	early := civil.Span{From: march.From, To: civil.On(2027, time.March, 14)}
	late := civil.Span{From: civil.On(2027, time.March, 15), To: march.To}
	all := []cadence.Interval{{From: march.From.Time(), To: march.To.AddDays(1).Time()}}
	usual := office(lisbon, 9, 17)
	away := func(span civil.Span) cadence.Side { s := usual; s.Away = []civil.Span{span}; return s }
	busy := usual
	busy.Busy = all
	for _, c := range []struct {
		owner, partner cadence.Side
		taken          []cadence.Interval
		want           cadence.Why
		gaps           int
	}{
		{office(auckland, 9, 17), usual, nil, cadence.Hours, 12},
		{away(march), usual, nil, cadence.OwnerAway, 1},
		{usual, away(march), nil, cadence.PartnerAway, 1},
		{away(early), away(late), nil, cadence.BothAway, 1},
		{busy, usual, nil, cadence.Busy, 1},
		{usual, usual, all, cadence.Taken, 1},
	} {
		laid := cadence.LayOut(c.partner, c.taken, []cadence.Pair{pair("x", c.owner, 2027)})[0]
		if len(laid.Gaps) != c.gaps {
			t.Errorf("%s: the gaps are %v", c.want, laid.Gaps)
			continue
		}
		for _, g := range laid.Gaps {
			if g.Why != c.want || c.gaps == 1 && g.Month.Month() != time.March {
				t.Errorf("the gap is %v, and should be for %q", g, c.want)
			}
		}
	}
}

func TestPairsMoveOnForOneThatHasNoOtherTime(t *testing.T) {
	lisbon := zone(t, "Europe/Lisbon")
	monday := func(hours ...int) cadence.Side { // on one Monday of each month alone
		s := cadence.Side{Zone: lisbon}
		for _, h := range hours {
			s.Hours[time.Monday] = append(s.Hours[time.Monday], cadence.Clock{From: h * 60, To: h*60 + 60})
		}
		return s
	}
	wish := []cadence.Wish{{Kind: "align", Minutes: 60, Ideal: civil.On(2027, time.March, 1), Window: civil.Span{From: civil.On(2027, time.March, 1), To: civil.On(2027, time.March, 5)}}}
	// Each has as much room as the other; a chain of three has to move for the last.
	laid := cadence.LayOut(office(lisbon, 9, 17), nil, []cadence.Pair{
		{Key: "a", Owner: monday(10, 11), Wishes: wish}, {Key: "b", Owner: monday(11, 12), Wishes: wish},
		{Key: "c", Owner: monday(12, 13), Wishes: wish}, {Key: "d", Owner: monday(10, 12), Wishes: wish},
	})
	for n, y := range laid {
		if len(y.Placed) != 1 {
			t.Errorf("pair %d has no place: %v", n, y.Gaps)
		}
	}
}

// team is a manager with people of many zones, absences and busy times, all by chance.
func team(t testing.TB, random *rand.Rand, size int) (cadence.Side, []cadence.Pair) {
	names := []string{"Europe/Lisbon", "Europe/Berlin", "America/New_York", "Europe/Helsinki", "Africa/Nairobi", "Asia/Kolkata"}
	side := func(name string) cadence.Side {
		s := office(zone(t, name), 7+random.IntN(3), 16+random.IntN(4))
		if random.IntN(4) == 0 {
			s.Hours[1+random.IntN(5)] = nil
		}
		for range random.IntN(5) {
			from := civil.On(2027, time.January, 1).AddDays(random.IntN(360))
			s.Away = append(s.Away, civil.Span{From: from, To: from.AddDays(random.IntN(20))})
		}
		for range random.IntN(400) {
			from := time.Date(2027, 1, 1, 0, random.IntN(365*24*60), 0, 0, time.UTC)
			s.Busy = append(s.Busy, cadence.Interval{From: from, To: from.Add(time.Duration(1+random.IntN(180)) * time.Minute)})
		}
		return s
	}
	var pairs []cadence.Pair
	for n := range size {
		pairs = append(pairs, pair(fmt.Sprint("pair ", n), side(names[random.IntN(len(names))]), 2027))
	}
	return side(names[random.IntN(3)]), pairs
}

func TestAnyTeamsYearKeepsTheRules(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 5))
		partner, pairs := team(t, random, 1+random.IntN(18))
		taken := []cadence.Interval{{From: time.Date(2027, 5, 4, 9, 0, 0, 0, time.UTC), To: time.Date(2027, 5, 4, 15, 0, 0, 0, time.UTC)}}
		years := cadence.LayOut(partner, taken, pairs)
		if again := cadence.LayOut(partner, taken, pairs); !reflect.DeepEqual(years, again) {
			t.Fatalf("seed %d: laid out again, it is another year", seed)
		}
		hours := map[string]string{}
		for n, y := range years {
			if len(y.Placed)+len(y.Gaps) != 12 {
				t.Fatalf("seed %d: of 12, %d are placed and %d named", seed, len(y.Placed), len(y.Gaps))
			}
			keepsTheRules(t, seed, partner, pairs[n], y, hours)
		}
	}
}

func keepsTheRules(t *testing.T, seed uint64, partner cadence.Side, p cadence.Pair, y cadence.Year, hours map[string]string) {
	t.Helper()
	for n, one := range y.Placed {
		within(t, p.Owner, one.At, one.Minutes)
		within(t, partner, one.At, one.Minutes)
		if on := civil.In(one.At, p.Owner.Zone); !one.Window.Has(on) || on.Month() != one.Month.Month() {
			t.Fatalf("seed %d: %v is not in its window", seed, one)
		}
		if n > 0 {
			if days := civil.In(one.At, p.Owner.Zone).DaysSince(civil.In(y.Placed[n-1].At, p.Owner.Zone)); days < cadence.Apart {
				t.Fatalf("seed %d: %d days lie between %v and the one before", seed, days, one)
			}
		}
		for m := range one.Minutes {
			hour := one.At.Add(time.Duration(m) * time.Minute).In(partner.Zone).Format("2006-01-02 15h")
			if other := hours[hour]; other != "" && other != p.Key {
				t.Fatalf("seed %d: %s and %s are both at %s", seed, other, p.Key, hour)
			}
			hours[hour] = p.Key
		}
	}
	deep := y.Placed[:0:0]
	for _, one := range y.Placed {
		if one.Minutes == 60 {
			deep = append(deep, one)
		}
	}
	for n := 1; n < len(deep) && len(deep) == 4; n++ {
		if days := deep[n].At.Sub(deep[n-1].At).Hours() / 24; days < 60 || days > 122 {
			t.Fatalf("seed %d: %.0f days lie between two deep conversations", seed, days)
		}
	}
}

func TestMovingOneMovesNothingElse(t *testing.T) {
	for seed := range uint64(30) {
		random := rand.New(rand.NewPCG(seed, 7))
		partner, pairs := team(t, random, 6)
		years := cadence.LayOut(partner, nil, pairs)
		// All but one conversation of the first pair stand; that one is laid out anew.
		if len(years[0].Placed) == 0 {
			continue
		}
		free := random.IntN(len(years[0].Placed))
		var taken []cadence.Interval
		for n, y := range years {
			for m, one := range y.Placed {
				stands := cadence.Interval{From: one.At, To: one.At.Add(time.Duration(one.Minutes) * time.Minute)}
				if n > 0 {
					taken = append(taken, stands)
				} else if m != free {
					pairs[0].Fixed = append(pairs[0].Fixed, stands)
				}
			}
		}
		alone := pairs[0]
		alone.Wishes = []cadence.Wish{years[0].Placed[free].Wish}
		laid := cadence.LayOut(partner, taken, []cadence.Pair{alone})[0]
		if len(laid.Placed) != 1 {
			t.Fatalf("seed %d: its own place is free, and yet: %v", seed, laid.Gaps)
		}
		if !cadence.Fits(alone.Owner, partner, laid.Placed[0].At, laid.Placed[0].Minutes) {
			t.Fatalf("seed %d: what was placed does not fit", seed)
		}
	}
}

func TestOffersAreOnDifferentDaysAndFit(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 9))
	partner, pairs := team(t, random, 1)
	offers := cadence.Offers(partner, nil, pairs[0], 3)
	days := map[string]bool{}
	for _, at := range offers {
		within(t, partner, at, 60)
		within(t, pairs[0].Owner, at, 60)
		days[at.Format(time.DateOnly)] = true
	}
	if len(offers) != 3 || len(days) != 3 {
		t.Errorf("offered are %v", offers)
	}
}

func BenchmarkAManagerOf15(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	partner, pairs := team(b, random, 15)
	for b.Loop() {
		cadence.LayOut(partner, nil, pairs)
	}
}
