package chat

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Settings say whether people of an organisation may have their notices posted, and to which hosts.
type Settings struct {
	Allowed  bool
	Hosts    []string
	Revision int64 // 0: nobody has said anything yet
}

// Usual are the hosts of Slack, and those where workflows of Microsoft Teams are called.
var Usual = []string{"hooks.slack.com", "*.logic.azure.com", "*.environment.api.powerplatform.com"}

const mostHosts = 20

// SettingsOf are those of the actor's organisation.
func SettingsOf(tx *db.Tx, me org.Actor) (Settings, error) {
	found, err := db.List(tx, func(row db.Row) (Settings, error) {
		var s Settings
		var hosts string
		err := row.Scan(&s.Allowed, &hosts, &s.Revision)
		s.Hosts = strings.Fields(hosts)
		return s, err
	}, "select allowed, hosts, revision from chat_settings where organisation_id = $1", me.Organisation)
	if err != nil || len(found) == 0 {
		return Settings{Hosts: Usual}, err
	}
	return found[0], nil
}

// Set keeps the settings of an organisation.
//
// Errors: problem.NotFound for who does not administer, problem.Invalid by field, problem.Refused when
// somebody else changed them meanwhile.
func Set(tx *db.Tx, me org.Actor, revision int64, in Settings) error {
	if !me.Administrator || me.Left {
		return problem.NotFound
	}
	var hosts []string
	wrong := problem.Invalid{}
	for _, host := range in.Hosts {
		host = strings.ToLower(strings.TrimSpace(host))
		if !hostForm.MatchString(host) || !named(strings.TrimPrefix(host, "*.")) {
			wrong["hosts"] = "Please give names of hosts alone, one a line, such as hooks.slack.com or *.logic.azure.com."
			continue
		}
		if !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	wrong.Check(len(hosts) <= mostHosts, "hosts", "Twenty hosts are enough.")
	wrong.Check(len(hosts) > 0 || !in.Allowed || wrong["hosts"] != "", "hosts", "Please name one host at least.")
	if err := wrong.Err(); err != nil {
		return err
	}
	stands, err := SettingsOf(tx, me)
	if err != nil {
		return err
	}
	if stands.Revision != revision {
		return problem.Refused("Somebody else changed it meanwhile. Please look at what stands now.")
	}
	if _, err := tx.Exec(`
		insert into chat_settings (organisation_id, allowed, hosts, revision, changed_at) values ($1, $2, $3, 1, $4)
		on conflict (organisation_id) do update set allowed = $2, hosts = $3, revision = chat_settings.revision + 1, changed_at = $4`,
		me.Organisation, in.Allowed, strings.Join(hosts, "\n"), tx.Now()); err != nil {
		return err
	}
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: "chat allowed", By: me.Person,
		Thing: event.Thing{Kind: "organisation", ID: me.Organisation}})
}

// hostForm is a name, or with a star all names below one of two parts at least.
var hostForm = regexp.MustCompile(`^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$`)

// named tells that a host is a name of the world: no address, and none of those that only a network of one's own knows.
func named(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	for _, own := range []string{"localhost", "local", "internal", "lan", "home", "corp", "localdomain", "arpa"} {
		if host == own || strings.HasSuffix(host, "."+own) {
			return false
		}
	}
	return true
}

// Allows tells whether the settings allow a host.
func (s Settings) Allows(host string) bool {
	return s.Allowed && slices.ContainsFunc(s.Hosts, func(h string) bool {
		below, star := strings.CutPrefix(h, "*")
		return h == host || star && strings.HasSuffix(host, below) && len(host) > len(below)
	})
}

const mostAddress = 2_000

// check says what is wrong with an address, and gives its host.
func (s Settings) check(address string) (host, wrong string) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Scheme != "https" || u.Hostname() == "" || u.Opaque != "" || len(u.Path) < 2:
		return "", "Please paste the whole address; it begins with https://."
	case u.User != nil || u.Fragment != "" || u.Port() != "" && u.Port() != "443":
		return "", "Please paste the address as Slack or Teams shows it."
	case len(address) > mostAddress:
		return "", "This address is too long."
	case !s.Allows(strings.ToLower(u.Hostname())):
		return "", "Your organisation allows no address there. An administrator can add its host: " + shortHost(u.Hostname()) + "."
	}
	return strings.ToLower(u.Hostname()), ""
}

func shortHost(host string) string {
	const most = 80
	if len(host) > most {
		return host[:most]
	}
	return host
}
