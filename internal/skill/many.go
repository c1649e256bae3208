package skill

import (
	"fmt"
	"strings"
)

// Many is a list as long as one likes, made up, as CSV: n skills with some seven other names each, of words that
// thousands share and words that few do. Tests and measurements search in it.
func Many(n int) string {
	acts := strings.Fields("manage plan measure explain repair design test operate review coordinate inspect calibrate document negotiate teach draft assemble monitor compare translate")
	things := strings.Fields("budgets gates turbines contracts lessons samples schedules orders machines reports teams archives vehicles harvests patients networks ledgers exhibits kitchens looms timetables brochures forests bridges ovens cables pumps gardens studios boilers")
	ways := strings.Fields("remotely safely abroad outdoors underground overnight together precisely quietly early gradually publicly sustainably digitally locally seasonally")
	var b strings.Builder
	b.WriteString("conceptType,conceptUri,preferredLabel,altLabels,status,description\n")
	for i := range n {
		act, thing, way := acts[i%len(acts)], things[i/len(acts)%len(things)], ways[i/(len(acts)*len(things))%len(ways)]
		of := fmt.Sprint(i)
		var also []string
		for j := 1; j <= 7; j++ {
			also = append(also, fmt.Sprintf("%s %s %s %s", acts[(i+3*j)%len(acts)], way, thing, of))
		}
		fmt.Fprintf(&b, "KnowledgeSkillCompetence,http://list.example/%d,%s %s %s %s,\"%s\",released,\"What it takes to %s %s %s.\"\n",
			i, act, thing, way, of, strings.Join(also, "\n"), act, thing, way)
	}
	return b.String()
}

// Typed is what somebody types who looks for skills of Many, letter by letter.
func Typed() []string {
	var all []string
	for _, text := range []string{"manage budgets remotely", "inspect 123", "gates manage", "turbines safely rep", "plan", "budgets 78", "abroad manage xyz", "teach kitchens", "compare looms"} {
		for i := range len(text) {
			if text[i] != ' ' {
				all = append(all, text[:i+1])
			}
		}
	}
	return all
}
